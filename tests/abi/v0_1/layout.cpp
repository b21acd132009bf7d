// What a plugin of v0_1 takes for granted, held against today's headers. Made by make_layout.py.
#include <assay/abi.h>
#include <cstddef>

namespace {

// A struct that carries its size may have grown since; any other is the same for ever.
constexpr bool grows(std::size_t now, std::size_t then) { return ASSAY_ABI_MINOR > 1 ? now >= then : now == then; }
constexpr bool fixed(std::size_t now, std::size_t then) { return now == then; }
constexpr bool at(std::size_t offset, std::size_t size, std::size_t then_offset, std::size_t then_size) {
    return offset == then_offset && size == then_size;
}

} // namespace

static_assert(ASSAY_ABI_MAJOR == 0);
static_assert(ASSAY_OK == 0);
static_assert(ASSAY_NOT_MINE == 1);
static_assert(ASSAY_FAILED == 2);
static_assert(ASSAY_CANCELLED == 3);
static_assert(ASSAY_BAD_OPTION == 4);
static_assert(ASSAY_BAD_STATE == 5);
static_assert(ASSAY_INTERNAL == 6);
static_assert(ASSAY_VALUE_NULL == 0);
static_assert(ASSAY_VALUE_BOOL == 1);
static_assert(ASSAY_VALUE_INT == 2);
static_assert(ASSAY_VALUE_FLOAT == 3);
static_assert(ASSAY_VALUE_TEXT == 4);
static_assert(ASSAY_VALUE_LIST == 5);
static_assert(ASSAY_VALUE_MAP == 6);
static_assert(ASSAY_LOG_DEBUG == 0);
static_assert(ASSAY_LOG_INFO == 1);
static_assert(ASSAY_LOG_WARNING == 2);
static_assert(ASSAY_LOG_ERROR == 3);
static_assert(ASSAY_TYPE_BOOL == 1);
static_assert(ASSAY_TYPE_INT == 2);
static_assert(ASSAY_TYPE_FLOAT == 3);
static_assert(ASSAY_TYPE_TEXT == 4);
static_assert(ASSAY_TYPE_TIME == 5);
static_assert(ASSAY_ROLE_METRIC == 1);
static_assert(ASSAY_ROLE_PARAMETER == 2);
static_assert(ASSAY_ROLE_IDENTIFIER == 3);
static_assert(ASSAY_ROLE_TIMESTAMP == 4);
static_assert(ASSAY_ROLE_STATUS == 5);
static_assert(ASSAY_ROLE_TEXT == 6);
static_assert(ASSAY_DIRECTION_UNKNOWN == 0);
static_assert(ASSAY_DIRECTION_HIGHER == 1);
static_assert(ASSAY_DIRECTION_LOWER == 2);
static_assert(ASSAY_SOURCE_NONE == 0);
static_assert(ASSAY_SOURCE_PIPELINE == 1);
static_assert(ASSAY_SOURCE_PARSER == 2);
static_assert(ASSAY_SOURCE_INFERRED == 3);
static_assert(ASSAY_TABLE_DATA == 0);
static_assert(ASSAY_TABLE_CLAIMS == 1);
static_assert(ASSAY_TABLE_NODES == 2);
static_assert(ASSAY_TABLE_DIAGNOSTICS == 3);
static_assert(ASSAY_ROW_OK == 0);
static_assert(ASSAY_ROW_FAILED == 1);
static_assert(ASSAY_ROW_SUSPECT == 2);
static_assert(ASSAY_ROW_PUBLISHED == 3);
static_assert(ASSAY_SEVERITY_INFO == 0);
static_assert(ASSAY_SEVERITY_WARNING == 1);
static_assert(ASSAY_SEVERITY_ERROR == 2);
static_assert(ASSAY_OUTCOME_PARSED == 0);
static_assert(ASSAY_OUTCOME_FAILED == 1);
static_assert(ASSAY_OUTCOME_SKIPPED == 2);
static_assert(ASSAY_OUTCOME_UNCLAIMED == 3);
static_assert(ASSAY_RECORD_FACT == 1);
static_assert(ASSAY_RECORD_FINDING == 2);
static_assert(ASSAY_RECORD_CLAIM == 3);
static_assert(ASSAY_RECORD_NARRATIVE == 4);
static_assert(ASSAY_RECORD_SECTION == 5);
static_assert(ASSAY_RECORD_ARTIFACT == 6);
static_assert(ASSAY_RECORD_DATASET == 7);
static_assert(ASSAY_KIND_PARSER == 1);
static_assert(ASSAY_KIND_ANALYZER == 2);
static_assert(ASSAY_KIND_RENDERER == 3);

static_assert(fixed(sizeof(ArrowSchema), 72));
static_assert(at(offsetof(ArrowSchema, format), sizeof(ArrowSchema::format), 0, 8));
static_assert(at(offsetof(ArrowSchema, name), sizeof(ArrowSchema::name), 8, 8));
static_assert(at(offsetof(ArrowSchema, metadata), sizeof(ArrowSchema::metadata), 16, 8));
static_assert(at(offsetof(ArrowSchema, flags), sizeof(ArrowSchema::flags), 24, 8));
static_assert(at(offsetof(ArrowSchema, n_children), sizeof(ArrowSchema::n_children), 32, 8));
static_assert(at(offsetof(ArrowSchema, children), sizeof(ArrowSchema::children), 40, 8));
static_assert(at(offsetof(ArrowSchema, dictionary), sizeof(ArrowSchema::dictionary), 48, 8));
static_assert(at(offsetof(ArrowSchema, release), sizeof(ArrowSchema::release), 56, 8));
static_assert(at(offsetof(ArrowSchema, private_data), sizeof(ArrowSchema::private_data), 64, 8));

static_assert(fixed(sizeof(ArrowArray), 80));
static_assert(at(offsetof(ArrowArray, length), sizeof(ArrowArray::length), 0, 8));
static_assert(at(offsetof(ArrowArray, null_count), sizeof(ArrowArray::null_count), 8, 8));
static_assert(at(offsetof(ArrowArray, offset), sizeof(ArrowArray::offset), 16, 8));
static_assert(at(offsetof(ArrowArray, n_buffers), sizeof(ArrowArray::n_buffers), 24, 8));
static_assert(at(offsetof(ArrowArray, n_children), sizeof(ArrowArray::n_children), 32, 8));
static_assert(at(offsetof(ArrowArray, buffers), sizeof(ArrowArray::buffers), 40, 8));
static_assert(at(offsetof(ArrowArray, children), sizeof(ArrowArray::children), 48, 8));
static_assert(at(offsetof(ArrowArray, dictionary), sizeof(ArrowArray::dictionary), 56, 8));
static_assert(at(offsetof(ArrowArray, release), sizeof(ArrowArray::release), 64, 8));
static_assert(at(offsetof(ArrowArray, private_data), sizeof(ArrowArray::private_data), 72, 8));

static_assert(fixed(sizeof(ArrowArrayStream), 40));
static_assert(at(offsetof(ArrowArrayStream, get_schema), sizeof(ArrowArrayStream::get_schema), 0, 8));
static_assert(at(offsetof(ArrowArrayStream, get_next), sizeof(ArrowArrayStream::get_next), 8, 8));
static_assert(at(offsetof(ArrowArrayStream, get_last_error), sizeof(ArrowArrayStream::get_last_error), 16, 8));
static_assert(at(offsetof(ArrowArrayStream, release), sizeof(ArrowArrayStream::release), 24, 8));
static_assert(at(offsetof(ArrowArrayStream, private_data), sizeof(ArrowArrayStream::private_data), 32, 8));

static_assert(fixed(sizeof(assay_str), 16));
static_assert(at(offsetof(assay_str, data), sizeof(assay_str::data), 0, 8));
static_assert(at(offsetof(assay_str, size), sizeof(assay_str::size), 8, 8));

static_assert(grows(sizeof(assay_error), 24));
static_assert(at(offsetof(assay_error, struct_size), sizeof(assay_error::struct_size), 0, 8));
static_assert(at(offsetof(assay_error, self), sizeof(assay_error::self), 8, 8));
static_assert(at(offsetof(assay_error, set), sizeof(assay_error::set), 16, 8));

static_assert(grows(sizeof(assay_sink), 24));
static_assert(at(offsetof(assay_sink, struct_size), sizeof(assay_sink::struct_size), 0, 8));
static_assert(at(offsetof(assay_sink, self), sizeof(assay_sink::self), 8, 8));
static_assert(at(offsetof(assay_sink, write), sizeof(assay_sink::write), 16, 8));

static_assert(grows(sizeof(assay_value), 80));
static_assert(at(offsetof(assay_value, struct_size), sizeof(assay_value::struct_size), 0, 8));
static_assert(at(offsetof(assay_value, kind), sizeof(assay_value::kind), 8, 4));
static_assert(at(offsetof(assay_value, boolean), sizeof(assay_value::boolean), 12, 4));
static_assert(at(offsetof(assay_value, integer), sizeof(assay_value::integer), 16, 8));
static_assert(at(offsetof(assay_value, number), sizeof(assay_value::number), 24, 8));
static_assert(at(offsetof(assay_value, text), sizeof(assay_value::text), 32, 16));
static_assert(at(offsetof(assay_value, key), sizeof(assay_value::key), 48, 16));
static_assert(at(offsetof(assay_value, items), sizeof(assay_value::items), 64, 8));
static_assert(at(offsetof(assay_value, n_items), sizeof(assay_value::n_items), 72, 8));

static_assert(grows(sizeof(assay_host), 32));
static_assert(at(offsetof(assay_host, struct_size), sizeof(assay_host::struct_size), 0, 8));
static_assert(at(offsetof(assay_host, abi_major), sizeof(assay_host::abi_major), 8, 4));
static_assert(at(offsetof(assay_host, abi_minor), sizeof(assay_host::abi_minor), 12, 4));
static_assert(at(offsetof(assay_host, self), sizeof(assay_host::self), 16, 8));
static_assert(at(offsetof(assay_host, get_extension), sizeof(assay_host::get_extension), 24, 8));

static_assert(grows(sizeof(assay_ext_log), 16));
static_assert(at(offsetof(assay_ext_log, struct_size), sizeof(assay_ext_log::struct_size), 0, 8));
static_assert(at(offsetof(assay_ext_log, log), sizeof(assay_ext_log::log), 8, 8));

static_assert(grows(sizeof(assay_ext_cancel), 16));
static_assert(at(offsetof(assay_ext_cancel, struct_size), sizeof(assay_ext_cancel::struct_size), 0, 8));
static_assert(at(offsetof(assay_ext_cancel, cancelled), sizeof(assay_ext_cancel::cancelled), 8, 8));

static_assert(grows(sizeof(assay_ext_output), 16));
static_assert(at(offsetof(assay_ext_output, struct_size), sizeof(assay_ext_output::struct_size), 0, 8));
static_assert(at(offsetof(assay_ext_output, keep), sizeof(assay_ext_output::keep), 8, 8));

static_assert(fixed(sizeof(assay_cell_format), 32));
static_assert(at(offsetof(assay_cell_format, decimal), sizeof(assay_cell_format::decimal), 0, 1));
static_assert(at(offsetof(assay_cell_format, grouping), sizeof(assay_cell_format::grouping), 1, 1));
static_assert(at(offsetof(assay_cell_format, reserved), sizeof(assay_cell_format::reserved), 2, 2));
static_assert(at(offsetof(assay_cell_format, scale), sizeof(assay_cell_format::scale), 8, 8));
static_assert(at(offsetof(assay_cell_format, suffix), sizeof(assay_cell_format::suffix), 16, 16));

static_assert(grows(sizeof(assay_column), 152));
static_assert(at(offsetof(assay_column, struct_size), sizeof(assay_column::struct_size), 0, 8));
static_assert(at(offsetof(assay_column, name), sizeof(assay_column::name), 8, 16));
static_assert(at(offsetof(assay_column, label), sizeof(assay_column::label), 24, 16));
static_assert(at(offsetof(assay_column, unit), sizeof(assay_column::unit), 40, 16));
static_assert(at(offsetof(assay_column, unit_reason), sizeof(assay_column::unit_reason), 56, 16));
static_assert(at(offsetof(assay_column, role_reason), sizeof(assay_column::role_reason), 72, 16));
static_assert(at(offsetof(assay_column, type), sizeof(assay_column::type), 88, 4));
static_assert(at(offsetof(assay_column, role), sizeof(assay_column::role), 92, 4));
static_assert(at(offsetof(assay_column, direction), sizeof(assay_column::direction), 96, 4));
static_assert(at(offsetof(assay_column, role_source), sizeof(assay_column::role_source), 100, 4));
static_assert(at(offsetof(assay_column, unit_source), sizeof(assay_column::unit_source), 104, 4));
static_assert(at(offsetof(assay_column, document_scope), sizeof(assay_column::document_scope), 108, 4));
static_assert(at(offsetof(assay_column, aggregate), sizeof(assay_column::aggregate), 112, 4));
static_assert(at(offsetof(assay_column, dimension), sizeof(assay_column::dimension), 116, 4));
static_assert(at(offsetof(assay_column, format), sizeof(assay_column::format), 120, 32));

static_assert(grows(sizeof(assay_table), 56));
static_assert(at(offsetof(assay_table, struct_size), sizeof(assay_table::struct_size), 0, 8));
static_assert(at(offsetof(assay_table, name), sizeof(assay_table::name), 8, 16));
static_assert(at(offsetof(assay_table, kind), sizeof(assay_table::kind), 24, 4));
static_assert(at(offsetof(assay_table, columns), sizeof(assay_table::columns), 32, 8));
static_assert(at(offsetof(assay_table, n_columns), sizeof(assay_table::n_columns), 40, 8));
static_assert(at(offsetof(assay_table, column_size), sizeof(assay_table::column_size), 48, 8));

static_assert(grows(sizeof(assay_input), 56));
static_assert(at(offsetof(assay_input, struct_size), sizeof(assay_input::struct_size), 0, 8));
static_assert(at(offsetof(assay_input, self), sizeof(assay_input::self), 8, 8));
static_assert(at(offsetof(assay_input, name), sizeof(assay_input::name), 16, 16));
static_assert(at(offsetof(assay_input, size), sizeof(assay_input::size), 32, 8));
static_assert(at(offsetof(assay_input, read_at), sizeof(assay_input::read_at), 40, 8));
static_assert(at(offsetof(assay_input, view), sizeof(assay_input::view), 48, 8));

static_assert(grows(sizeof(assay_head), 48));
static_assert(at(offsetof(assay_head, struct_size), sizeof(assay_head::struct_size), 0, 8));
static_assert(at(offsetof(assay_head, name), sizeof(assay_head::name), 8, 16));
static_assert(at(offsetof(assay_head, bytes), sizeof(assay_head::bytes), 24, 16));
static_assert(at(offsetof(assay_head, complete), sizeof(assay_head::complete), 40, 4));

static_assert(grows(sizeof(assay_probe), 24));
static_assert(at(offsetof(assay_probe, struct_size), sizeof(assay_probe::struct_size), 0, 8));
static_assert(at(offsetof(assay_probe, confidence), sizeof(assay_probe::confidence), 8, 4));
static_assert(at(offsetof(assay_probe, reason), sizeof(assay_probe::reason), 16, 8));

static_assert(grows(sizeof(assay_diagnostic), 128));
static_assert(at(offsetof(assay_diagnostic, struct_size), sizeof(assay_diagnostic::struct_size), 0, 8));
static_assert(at(offsetof(assay_diagnostic, severity), sizeof(assay_diagnostic::severity), 8, 4));
static_assert(at(offsetof(assay_diagnostic, code), sizeof(assay_diagnostic::code), 16, 16));
static_assert(at(offsetof(assay_diagnostic, message), sizeof(assay_diagnostic::message), 32, 16));
static_assert(at(offsetof(assay_diagnostic, table), sizeof(assay_diagnostic::table), 48, 16));
static_assert(at(offsetof(assay_diagnostic, column_name), sizeof(assay_diagnostic::column_name), 64, 16));
static_assert(at(offsetof(assay_diagnostic, pointer), sizeof(assay_diagnostic::pointer), 80, 16));
static_assert(at(offsetof(assay_diagnostic, line), sizeof(assay_diagnostic::line), 96, 8));
static_assert(at(offsetof(assay_diagnostic, column), sizeof(assay_diagnostic::column), 104, 8));
static_assert(at(offsetof(assay_diagnostic, offset), sizeof(assay_diagnostic::offset), 112, 8));
static_assert(at(offsetof(assay_diagnostic, count), sizeof(assay_diagnostic::count), 120, 8));

static_assert(grows(sizeof(assay_table_sink), 80));
static_assert(at(offsetof(assay_table_sink, struct_size), sizeof(assay_table_sink::struct_size), 0, 8));
static_assert(at(offsetof(assay_table_sink, self), sizeof(assay_table_sink::self), 8, 8));
static_assert(at(offsetof(assay_table_sink, begin), sizeof(assay_table_sink::begin), 16, 8));
static_assert(at(offsetof(assay_table_sink, batch), sizeof(assay_table_sink::batch), 24, 8));
static_assert(at(offsetof(assay_table_sink, misfit), sizeof(assay_table_sink::misfit), 32, 8));
static_assert(at(offsetof(assay_table_sink, reject), sizeof(assay_table_sink::reject), 40, 8));
static_assert(at(offsetof(assay_table_sink, end), sizeof(assay_table_sink::end), 48, 8));
static_assert(at(offsetof(assay_table_sink, stream), sizeof(assay_table_sink::stream), 56, 8));
static_assert(at(offsetof(assay_table_sink, diagnostic), sizeof(assay_table_sink::diagnostic), 64, 8));
static_assert(at(offsetof(assay_table_sink, start_over), sizeof(assay_table_sink::start_over), 72, 8));

static_assert(fixed(sizeof(assay_place), 16));
static_assert(at(offsetof(assay_place, offset), sizeof(assay_place::offset), 0, 8));
static_assert(at(offsetof(assay_place, line), sizeof(assay_place::line), 8, 8));

static_assert(grows(sizeof(assay_part), 104));
static_assert(at(offsetof(assay_part, struct_size), sizeof(assay_part::struct_size), 0, 8));
static_assert(at(offsetof(assay_part, begin), sizeof(assay_part::begin), 8, 8));
static_assert(at(offsetof(assay_part, end), sizeof(assay_part::end), 16, 8));
static_assert(at(offsetof(assay_part, surveys), sizeof(assay_part::surveys), 24, 8));
static_assert(at(offsetof(assay_part, n_surveys), sizeof(assay_part::n_surveys), 32, 8));
static_assert(at(offsetof(assay_part, known), sizeof(assay_part::known), 40, 8));
static_assert(at(offsetof(assay_part, n_known), sizeof(assay_part::n_known), 48, 8));
static_assert(at(offsetof(assay_part, found), sizeof(assay_part::found), 56, 8));
static_assert(at(offsetof(assay_part, began), sizeof(assay_part::began), 64, 16));
static_assert(at(offsetof(assay_part, ended), sizeof(assay_part::ended), 80, 16));
static_assert(at(offsetof(assay_part, again), sizeof(assay_part::again), 96, 4));

static_assert(grows(sizeof(assay_parser), 56));
static_assert(at(offsetof(assay_parser, struct_size), sizeof(assay_parser::struct_size), 0, 8));
static_assert(at(offsetof(assay_parser, configure), sizeof(assay_parser::configure), 8, 8));
static_assert(at(offsetof(assay_parser, probe), sizeof(assay_parser::probe), 16, 8));
static_assert(at(offsetof(assay_parser, parse), sizeof(assay_parser::parse), 24, 8));
static_assert(at(offsetof(assay_parser, survey), sizeof(assay_parser::survey), 32, 8));
static_assert(at(offsetof(assay_parser, parse_part), sizeof(assay_parser::parse_part), 40, 8));
static_assert(at(offsetof(assay_parser, join_parts), sizeof(assay_parser::join_parts), 48, 8));

static_assert(grows(sizeof(assay_content), 48));
static_assert(at(offsetof(assay_content, struct_size), sizeof(assay_content::struct_size), 0, 8));
static_assert(at(offsetof(assay_content, sha256), sizeof(assay_content::sha256), 8, 16));
static_assert(at(offsetof(assay_content, parser), sizeof(assay_content::parser), 24, 16));
static_assert(at(offsetof(assay_content, bytes), sizeof(assay_content::bytes), 40, 8));

static_assert(grows(sizeof(assay_batch), 48));
static_assert(at(offsetof(assay_batch, struct_size), sizeof(assay_batch::struct_size), 0, 8));
static_assert(at(offsetof(assay_batch, rows), sizeof(assay_batch::rows), 8, 8));
static_assert(at(offsetof(assay_batch, status), sizeof(assay_batch::status), 16, 8));
static_assert(at(offsetof(assay_batch, line), sizeof(assay_batch::line), 24, 8));
static_assert(at(offsetof(assay_batch, chunk), sizeof(assay_batch::chunk), 32, 8));
static_assert(at(offsetof(assay_batch, first_row), sizeof(assay_batch::first_row), 40, 8));

static_assert(fixed(sizeof(assay_key_value), 48));
static_assert(at(offsetof(assay_key_value, key), sizeof(assay_key_value::key), 0, 16));
static_assert(at(offsetof(assay_key_value, value), sizeof(assay_key_value::value), 16, 16));
static_assert(at(offsetof(assay_key_value, source), sizeof(assay_key_value::source), 32, 16));

static_assert(grows(sizeof(assay_table_record), 64));
static_assert(at(offsetof(assay_table_record, struct_size), sizeof(assay_table_record::struct_size), 0, 8));
static_assert(at(offsetof(assay_table_record, plan), sizeof(assay_table_record::plan), 8, 8));
static_assert(at(offsetof(assay_table_record, rows_ok), sizeof(assay_table_record::rows_ok), 16, 8));
static_assert(at(offsetof(assay_table_record, rows_failed), sizeof(assay_table_record::rows_failed), 24, 8));
static_assert(at(offsetof(assay_table_record, rows_suspect), sizeof(assay_table_record::rows_suspect), 32, 8));
static_assert(at(offsetof(assay_table_record, rows_rejected), sizeof(assay_table_record::rows_rejected), 40, 8));
static_assert(at(offsetof(assay_table_record, dataset), sizeof(assay_table_record::dataset), 48, 8));
static_assert(at(offsetof(assay_table_record, rows_published), sizeof(assay_table_record::rows_published), 56, 8));

static_assert(grows(sizeof(assay_artifact), 200));
static_assert(at(offsetof(assay_artifact, struct_size), sizeof(assay_artifact::struct_size), 0, 8));
static_assert(at(offsetof(assay_artifact, path), sizeof(assay_artifact::path), 8, 16));
static_assert(at(offsetof(assay_artifact, directory), sizeof(assay_artifact::directory), 24, 16));
static_assert(at(offsetof(assay_artifact, name), sizeof(assay_artifact::name), 40, 16));
static_assert(at(offsetof(assay_artifact, sha256), sizeof(assay_artifact::sha256), 56, 16));
static_assert(at(offsetof(assay_artifact, parser), sizeof(assay_artifact::parser), 72, 16));
static_assert(at(offsetof(assay_artifact, bytes), sizeof(assay_artifact::bytes), 88, 8));
static_assert(at(offsetof(assay_artifact, modified_us), sizeof(assay_artifact::modified_us), 96, 8));
static_assert(at(offsetof(assay_artifact, outcome), sizeof(assay_artifact::outcome), 104, 4));
static_assert(at(offsetof(assay_artifact, reason_code), sizeof(assay_artifact::reason_code), 112, 16));
static_assert(at(offsetof(assay_artifact, reason), sizeof(assay_artifact::reason), 128, 16));
static_assert(at(offsetof(assay_artifact, duplicate_of), sizeof(assay_artifact::duplicate_of), 144, 8));
static_assert(at(offsetof(assay_artifact, tables), sizeof(assay_artifact::tables), 152, 8));
static_assert(at(offsetof(assay_artifact, n_tables), sizeof(assay_artifact::n_tables), 160, 8));
static_assert(at(offsetof(assay_artifact, table_size), sizeof(assay_artifact::table_size), 168, 8));
static_assert(at(offsetof(assay_artifact, dimensions), sizeof(assay_artifact::dimensions), 176, 8));
static_assert(at(offsetof(assay_artifact, n_dimensions), sizeof(assay_artifact::n_dimensions), 184, 8));
static_assert(at(offsetof(assay_artifact, diagnostics), sizeof(assay_artifact::diagnostics), 192, 8));

static_assert(grows(sizeof(assay_dataset), 56));
static_assert(at(offsetof(assay_dataset, struct_size), sizeof(assay_dataset::struct_size), 0, 8));
static_assert(at(offsetof(assay_dataset, id), sizeof(assay_dataset::id), 8, 16));
static_assert(at(offsetof(assay_dataset, title), sizeof(assay_dataset::title), 24, 16));
static_assert(at(offsetof(assay_dataset, tables), sizeof(assay_dataset::tables), 40, 8));
static_assert(at(offsetof(assay_dataset, n_tables), sizeof(assay_dataset::n_tables), 48, 8));

static_assert(grows(sizeof(assay_corpus), 112));
static_assert(at(offsetof(assay_corpus, struct_size), sizeof(assay_corpus::struct_size), 0, 8));
static_assert(at(offsetof(assay_corpus, self), sizeof(assay_corpus::self), 8, 8));
static_assert(at(offsetof(assay_corpus, artifacts), sizeof(assay_corpus::artifacts), 16, 8));
static_assert(at(offsetof(assay_corpus, n_artifacts), sizeof(assay_corpus::n_artifacts), 24, 8));
static_assert(at(offsetof(assay_corpus, artifact_size), sizeof(assay_corpus::artifact_size), 32, 8));
static_assert(at(offsetof(assay_corpus, datasets), sizeof(assay_corpus::datasets), 40, 8));
static_assert(at(offsetof(assay_corpus, n_datasets), sizeof(assay_corpus::n_datasets), 48, 8));
static_assert(at(offsetof(assay_corpus, dataset_size), sizeof(assay_corpus::dataset_size), 56, 8));
static_assert(at(offsetof(assay_corpus, stage), sizeof(assay_corpus::stage), 64, 16));
static_assert(at(offsetof(assay_corpus, now_us), sizeof(assay_corpus::now_us), 80, 8));
static_assert(at(offsetof(assay_corpus, partial), sizeof(assay_corpus::partial), 88, 8));
static_assert(at(offsetof(assay_corpus, n_records), sizeof(assay_corpus::n_records), 96, 8));
static_assert(at(offsetof(assay_corpus, record), sizeof(assay_corpus::record), 104, 8));

static_assert(grows(sizeof(assay_fragment), 24));
static_assert(at(offsetof(assay_fragment, struct_size), sizeof(assay_fragment::struct_size), 0, 8));
static_assert(at(offsetof(assay_fragment, self), sizeof(assay_fragment::self), 8, 8));
static_assert(at(offsetof(assay_fragment, add), sizeof(assay_fragment::add), 16, 8));

static_assert(grows(sizeof(assay_analyzer), 96));
static_assert(at(offsetof(assay_analyzer, struct_size), sizeof(assay_analyzer::struct_size), 0, 8));
static_assert(at(offsetof(assay_analyzer, configure), sizeof(assay_analyzer::configure), 8, 8));
static_assert(at(offsetof(assay_analyzer, artifact_begin), sizeof(assay_analyzer::artifact_begin), 16, 8));
static_assert(at(offsetof(assay_analyzer, table_begin), sizeof(assay_analyzer::table_begin), 24, 8));
static_assert(at(offsetof(assay_analyzer, update), sizeof(assay_analyzer::update), 32, 8));
static_assert(at(offsetof(assay_analyzer, table_end), sizeof(assay_analyzer::table_end), 40, 8));
static_assert(at(offsetof(assay_analyzer, artifact_end), sizeof(assay_analyzer::artifact_end), 48, 8));
static_assert(at(offsetof(assay_analyzer, save), sizeof(assay_analyzer::save), 56, 8));
static_assert(at(offsetof(assay_analyzer, load), sizeof(assay_analyzer::load), 64, 8));
static_assert(at(offsetof(assay_analyzer, merge), sizeof(assay_analyzer::merge), 72, 8));
static_assert(at(offsetof(assay_analyzer, finish), sizeof(assay_analyzer::finish), 80, 8));
static_assert(at(offsetof(assay_analyzer, sends), sizeof(assay_analyzer::sends), 88, 8));

static_assert(grows(sizeof(assay_row_table), 32));
static_assert(at(offsetof(assay_row_table, struct_size), sizeof(assay_row_table::struct_size), 0, 8));
static_assert(at(offsetof(assay_row_table, artifact), sizeof(assay_row_table::artifact), 8, 8));
static_assert(at(offsetof(assay_row_table, table), sizeof(assay_row_table::table), 16, 8));
static_assert(at(offsetof(assay_row_table, plan), sizeof(assay_row_table::plan), 24, 8));

static_assert(grows(sizeof(assay_row_receiver), 48));
static_assert(at(offsetof(assay_row_receiver, struct_size), sizeof(assay_row_receiver::struct_size), 0, 8));
static_assert(at(offsetof(assay_row_receiver, self), sizeof(assay_row_receiver::self), 8, 8));
static_assert(at(offsetof(assay_row_receiver, table_begin), sizeof(assay_row_receiver::table_begin), 16, 8));
static_assert(at(offsetof(assay_row_receiver, batch), sizeof(assay_row_receiver::batch), 24, 8));
static_assert(at(offsetof(assay_row_receiver, table_end), sizeof(assay_row_receiver::table_end), 32, 8));
static_assert(at(offsetof(assay_row_receiver, lost), sizeof(assay_row_receiver::lost), 40, 8));

static_assert(grows(sizeof(assay_report), 88));
static_assert(at(offsetof(assay_report, struct_size), sizeof(assay_report::struct_size), 0, 8));
static_assert(at(offsetof(assay_report, self), sizeof(assay_report::self), 8, 8));
static_assert(at(offsetof(assay_report, run), sizeof(assay_report::run), 16, 16));
static_assert(at(offsetof(assay_report, inventory), sizeof(assay_report::inventory), 32, 16));
static_assert(at(offsetof(assay_report, summary), sizeof(assay_report::summary), 48, 16));
static_assert(at(offsetof(assay_report, n_records), sizeof(assay_report::n_records), 64, 8));
static_assert(at(offsetof(assay_report, record), sizeof(assay_report::record), 72, 8));
static_assert(at(offsetof(assay_report, rows), sizeof(assay_report::rows), 80, 8));

static_assert(grows(sizeof(assay_renderer), 32));
static_assert(at(offsetof(assay_renderer, struct_size), sizeof(assay_renderer::struct_size), 0, 8));
static_assert(at(offsetof(assay_renderer, configure), sizeof(assay_renderer::configure), 8, 8));
static_assert(at(offsetof(assay_renderer, render), sizeof(assay_renderer::render), 16, 8));
static_assert(at(offsetof(assay_renderer, needs_rows), sizeof(assay_renderer::needs_rows), 24, 8));

static_assert(grows(sizeof(assay_component), 32));
static_assert(at(offsetof(assay_component, struct_size), sizeof(assay_component::struct_size), 0, 8));
static_assert(at(offsetof(assay_component, kind), sizeof(assay_component::kind), 8, 4));
static_assert(at(offsetof(assay_component, self), sizeof(assay_component::self), 16, 8));
static_assert(at(offsetof(assay_component, calls), sizeof(assay_component::calls), 24, 8));

static_assert(grows(sizeof(assay_plugin), 40));
static_assert(at(offsetof(assay_plugin, struct_size), sizeof(assay_plugin::struct_size), 0, 8));
static_assert(at(offsetof(assay_plugin, abi_major), sizeof(assay_plugin::abi_major), 8, 4));
static_assert(at(offsetof(assay_plugin, abi_minor), sizeof(assay_plugin::abi_minor), 12, 4));
static_assert(at(offsetof(assay_plugin, manifest), sizeof(assay_plugin::manifest), 16, 8));
static_assert(at(offsetof(assay_plugin, create), sizeof(assay_plugin::create), 24, 8));
static_assert(at(offsetof(assay_plugin, destroy), sizeof(assay_plugin::destroy), 32, 8));
