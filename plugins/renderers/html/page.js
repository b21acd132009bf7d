// What the page does with scripts allowed: charts, filters, sorting, search, and the panel that tells where a number
// comes from. Nothing here computes a number of the report; all text is put in as text, never as markup.
'use strict';
(() => {
  const root = document.documentElement;
  root.classList.add('scripts');
  const byId = (id) => document.getElementById(id);
  const data = (id) => JSON.parse(byId(id).textContent);
  const element = (tag, text, attributes = {}) => {
    const made = document.createElement(tag);
    if (text !== undefined && text !== null) made.textContent = text;
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    return made;
  };

  // Facts stand as rows; the texts they share stand once.
  const evidence = data('facts-data');
  const shared = new Set(['subject', 'metric', 'stat', 'unit', 'method', 'rows']);
  const text = (index) => evidence.strings[index];
  const read = (row) => {
    const fact = {};
    evidence.columns.forEach((name, i) => { fact[name] = shared.has(name) ? text(row[i]) : row[i]; });
    fact.files = fact.files.map(text);
    fact.places = fact.places.map(([file, line, at, pointer, excerpt]) => ({file: text(file), row: line, line: at, pointer, excerpt}));
    return fact;
  };
  const rowOf = new Map(evidence.facts.map((row) => [row[0], row]));

  const place = (file, line, words) => {
    const code = element('code', words);
    if (!evidence.source_url || file.endsWith('…')) return code;
    const path = file.split('/').map(encodeURIComponent).join('/');
    const to = evidence.source_url.split('{line}').join(line || 1).split('{path}').join(path);
    const link = element('a', undefined, {href: to, rel: 'noreferrer'});
    link.append(code);
    return link;
  };

  const panel = byId('evidence');
  const show = (id) => {
    const row = rowOf.get(id);
    const body = byId('evidence-body');
    const list = element('dl');
    const item = (name, content) => {
      if (content === null || content === undefined || content === '') return;
      const value = element('dd');
      value.append(content);
      list.append(element('dt', name), value);
    };
    body.replaceChildren();
    if (!row) {
      byId('evidence-title').textContent = 'Not carried in this page';
      body.append(element('p', `This page holds ${evidence.here} of ${evidence.all} facts. All stand in ${evidence.full_report}; look there for ${id}.`));
    } else {
      const fact = read(row);
      byId('evidence-title').textContent = `${fact.metric}, ${fact.stat}`;
      body.append(element('p', fact.display + (fact.unit ? ` ${fact.unit}` : ''), {class: 'figure'}));
      item('of', fact.subject);
      item('interval', fact.interval);
      item('value', fact.value === null ? '' : String(fact.value));
      for (const count of ['n', 'n_failed', 'n_suspect', 'n_missing']) if (fact[count] !== null) item(count.replace('n_', ''), String(fact[count]));
      item('method', fact.method);
      item('rows', fact.rows);
      item('fact', element('code', fact.id));
      const places = element('ul');
      for (const at of fact.places) {
        const entry = element('li');
        const where = at.file + (at.line !== null ? `:${at.line}` : at.row !== null ? ` row ${at.row}` : '') + (at.pointer ? ` ${at.pointer}` : '');
        entry.append(place(at.file, at.line, where));
        if (at.excerpt) entry.append(' ', element('q', at.excerpt));
        places.append(entry);
      }
      // A group's count names the files, once for all its figures.
      const [subject, metric, rows, files] = ['subject', 'metric', 'rows', 'files'].map((name) => evidence.columns.indexOf(name));
      const count = evidence.facts.find((other) => other[files].length && [subject, metric, rows].every((at) => other[at] === row[at]));
      const own = fact.files.length || fact.places.length || !count;
      const named = own ? fact.files : count[files].map(text);
      const more = own ? fact.more : read(count).more;
      for (const file of named) {
        const entry = element('li');
        entry.append(place(file, null, file));
        places.append(entry);
      }
      if (more) places.append(element('li', `… and ${more} more`));
      if (places.children.length) item('where', places);
      body.append(list);
    }
    if (!row) body.append(list);
    if (!panel.open) panel.showModal();
  };
  const isFact = (hash) => /^#f[0-9a-z]{12}$/.test(hash);
  document.addEventListener('click', (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && isFact(link.getAttribute('href'))) {
      event.preventDefault();
      show(link.getAttribute('href').slice(1));
      history.replaceState(null, '', link.getAttribute('href'));
    } else if (event.target === panel) {
      panel.close();
    }
  });
  panel.addEventListener('close', () => history.replaceState(null, '', location.pathname + location.search));

  // A link into something folded unfolds it.
  const land = () => {
    if (isFact(location.hash)) return show(location.hash.slice(1));
    const target = location.hash.length > 1 && byId(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    for (let at = target; at; at = at.parentElement) if (at.tagName === 'DETAILS') at.open = true;
    target.hidden = false;
    target.scrollIntoView();
  };
  window.addEventListener('hashchange', land);

  // Charts: a specification for each kind, and each chart's data put into it.
  const templates = data('templates');
  const drawn = [];
  const draw = (chart) => {
    const box = byId(chart.id);
    const spec = JSON.parse(JSON.stringify(templates[chart.kind]));
    spec.autosize = {type: 'fit-x', contains: 'padding'};
    spec.description = chart.title;
    // A legend of one line says nothing.
    if (spec.legends && new Set((chart.data.points || []).map((point) => point.series)).size < 2) delete spec.legends;
    for (const source of spec.data) if (chart.data[source.name]) source.values = chart.data[source.name];
    const font = getComputedStyle(document.body).fontFamily;
    const view = new vega.View(vega.parse(spec, {font, axis: {labelFont: font, titleFont: font}}, {ast: true}),
      {expr: vega.expressionInterpreter, renderer: 'svg', container: box, hover: false});
    view.width(box.clientWidth);
    view.addEventListener('click', (event, mark) => { if (mark && mark.datum && mark.datum.fact) show(mark.datum.fact); });
    view.run();
    const svg = box.querySelector('svg');
    const table = box.parentElement.querySelector('.numbers');
    svg.setAttribute('aria-label', chart.title + (table ? '; its numbers stand in the table below' : ''));
    drawn.push({view, box, width: box.clientWidth});
  };
  const waiting = data('charts');
  const work = () => {
    const until = performance.now() + 30;
    while (waiting.length && performance.now() < until) draw(waiting.shift());
    if (waiting.length) setTimeout(work);
    else root.dataset.drawn = 'all';
  };
  const fit = () => {
    for (const one of drawn) {
      if (one.box.clientWidth === one.width || one.box.clientWidth === 0) continue;
      one.width = one.box.clientWidth;
      one.view.width(one.width).run();
    }
  };
  window.addEventListener('resize', fit);
  window.addEventListener('beforeprint', () => { while (waiting.length) draw(waiting.shift()); });

  byId('theme').addEventListener('click', () => {
    const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  });

  // Tables sort by any heading: numbers by value, empty cells last.
  const valueOf = (cell) => {
    const plain = cell.textContent.trim().replace(/^\u2248/, ''); // approximately
    const number = parseFloat(plain);
    return plain === '' ? null : Number.isNaN(number) || !/^[-+.\d]/.test(plain) ? plain : number;
  };
  const compare = (a, b) => {
    if (a === null || b === null) return (a === null) - (b === null);
    if (typeof a === 'number' && typeof b === 'number') return a - b;
    return String(a).localeCompare(String(b), 'en', {numeric: true});
  };
  const sortable = (table) => {
    const headings = [...table.querySelectorAll('thead th')];
    if (table.tBodies[0].rows.length < 2) return;
    headings.forEach((heading, column) => {
      if (!heading.textContent) return;
      const button = element('button', heading.textContent, {type: 'button'});
      heading.replaceChildren(button);
      button.addEventListener('click', () => {
        const up = heading.getAttribute('aria-sort') !== 'ascending';
        headings.forEach((other) => other.removeAttribute('aria-sort'));
        heading.setAttribute('aria-sort', up ? 'ascending' : 'descending');
        const rows = [...table.tBodies[0].rows].map((row) => [valueOf(row.cells[column]), row]);
        rows.sort(([a], [b]) => (a === null || b === null ? compare(a, b) : (up ? 1 : -1) * compare(a, b)));
        table.tBodies[0].append(...rows.map(([, row]) => row));
      });
    });
  };
  document.querySelectorAll('table').forEach(sortable);

  const filters = byId('finding-filters');
  if (filters) {
    const findings = [...document.querySelectorAll('.finding')];
    const filter = () => {
      const wanted = new Set([...filters.querySelectorAll('[name=severity]:checked')].map((box) => box.value));
      const family = filters.elements.family.value;
      const words = filters.elements.words.value.toLowerCase();
      let shown = 0;
      for (const one of findings) {
        one.hidden = !(wanted.has(one.dataset.severity) && (!family || one.dataset.family === family) &&
          (!words || one.textContent.toLowerCase().includes(words)));
        if (!one.hidden) ++shown;
      }
      filters.querySelector('output').textContent = shown === findings.length ? '' : `${shown} of ${findings.length} shown`;
    };
    filters.addEventListener('input', filter);
    filters.addEventListener('submit', (event) => event.preventDefault());
  }

  const search = byId('fact-search');
  const most = 50;
  search.addEventListener('submit', (event) => event.preventDefault());
  search.addEventListener('input', () => {
    const words = search.elements.words.value.toLowerCase().split(/\s+/).filter(Boolean);
    const results = byId('fact-results');
    const output = search.querySelector('output');
    results.replaceChildren();
    output.textContent = '';
    if (!words.length) return;
    const found = [];
    for (const row of evidence.facts) {
      const fact = read(row);
      const all = `${fact.metric} ${fact.stat} ${fact.subject} ${fact.files.join(' ')}`.toLowerCase();
      if (words.every((word) => all.includes(word))) found.push(fact);
    }
    output.textContent = `${found.length} found` + (found.length > most ? `, ${most} shown` : '') +
      (evidence.here < evidence.all ? `, among ${evidence.here} of ${evidence.all} facts; all stand in ${evidence.full_report}` : '');
    const scroll = element('div', undefined, {class: 'scroll', role: 'region', tabindex: '0', 'aria-label': 'Facts found'});
    const table = element('table');
    const head = element('thead');
    const names = element('tr');
    for (const name of ['metric', 'statistic', 'value', 'unit', 'of']) names.append(element('th', name, {scope: 'col'}));
    head.append(names);
    const body = element('tbody');
    for (const fact of found.slice(0, most)) {
      const line = element('tr');
      const cell = element('td', undefined, {class: 'n'});
      cell.append(element('a', fact.display || '–', {class: 'fact', href: `#${fact.id}`}));
      line.append(element('td', fact.metric), element('td', fact.stat), cell, element('td', fact.unit), element('td', fact.subject));
      body.append(line);
    }
    table.append(head, body);
    scroll.append(table);
    if (found.length) results.append(scroll);
    if (found.length) sortable(table);
  });

  work();
  land();
})();
