internal import CLibXLSXWriter
import PopulationModel
import Synchronization

/// A workbook on its way to a file: the one owner of `lxw_workbook`.
///
/// Before you change this: the library keeps pointers, not copies, of formats and charts, which live
/// as long as the workbook; texts are copied. Rows of a sheet must be written top to bottom, because
/// in the sparing mode a row is gone to a temporary file as soon as the next one begins. The first
/// error is kept and thrown by `close`; what is written after it is lost with the file.
final class WorkbookFile {
    private let workbook: UnsafeMutablePointer<lxw_workbook>
    private let path: String
    private var formats: [CellStyle: UnsafeMutablePointer<lxw_format>] = [:]
    private var failure: lxw_error?
    private var isClosed = false

    /// Closing asks the C library for the calendar date of `created`, and `gmtime` has one buffer for
    /// the whole process: two workbooks would get each other's dates.
    private static let closing = Mutex(())

    static let library = LinkedLibrary(
        name: "libxlsxwriter", version: String(cString: lxw_version()))

    /// `created` is seconds since 1970: with the clock's time in it, no two files would be equal.
    /// `isSparing` keeps one row in memory at a time.
    init(path: String, title: String, created: Int, isSparing: Bool) throws(PopstatError) {
        self.path = path
        // The library's own temporary files hold the same figures: beside the file, not in /tmp.
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let opened = folder.withCString { folder in
            var options = lxw_workbook_options()
            options.constant_memory = isSparing ? 1 : 0
            options.tmpdir = UnsafeMutablePointer(mutating: folder)
            return workbook_new_opt(path, &options)
        }
        guard let workbook = opened else {
            throw PublishFault.workbookFailed(reason: Self.text(LXW_ERROR_MEMORY_MALLOC_FAILED))
                .error
        }
        self.workbook = workbook
        title.withCString { title in
            "popstat".withCString { author in
                var properties = lxw_doc_properties()
                properties.title = UnsafeMutablePointer(mutating: title)
                properties.author = UnsafeMutablePointer(mutating: author)
                properties.created = created
                note(workbook_set_properties(workbook, &properties))
            }
        }
    }

    deinit {
        if !isClosed { lxw_workbook_free(workbook) }
    }

    /// Writes the file and gives everything back; the workbook must not be used after it.
    func close() throws(PopstatError) {
        isClosed = true
        let code = Self.closing.withLock { _ in
            StandardError.withoutWords { workbook_close(workbook) }
        }
        note(code)
        if let failure {
            throw PublishFault.workbookFailed(reason: Self.text(failure)).error
        }
        // The library does not look at what its temporary files tell when they are written.
        let isWhole: Bool
        do throws(SystemFailure) { isWhole = try WorkbookArchive.isWhole(path) } catch {
            throw PublishFault.workbookFailed(reason: Bilingual(both: error.reason)).error
        }
        guard isWhole else {
            throw PublishFault.workbookFailed(
                reason: Bilingual("有一部分被截断", "a part of it was cut off")
            ).error
        }
    }

    func addSheet(_ name: String) -> Sheet {
        guard let sheet = workbook_add_worksheet(workbook, name) else {
            preconditionFailure("the sheet name \(name) is taken or too long")
        }
        return Sheet(sheet: sheet, file: self)
    }

    func note(_ code: lxw_error) {
        if code != LXW_NO_ERROR, failure == nil { failure = code }
    }

    private static func text(_ code: lxw_error) -> Bilingual {
        Bilingual(
            both: lxw_strerror(code).map { String(cString: $0) } ?? "error \(code.rawValue)")
    }

    fileprivate func format(_ style: CellStyle) -> UnsafeMutablePointer<lxw_format>? {
        if let format = formats[style] { return format }
        guard let format = workbook_add_format(workbook) else { return nil }
        // On every desk with a Chinese Windows; elsewhere the reader takes what it has.
        format_set_font_name(format, "Microsoft YaHei")
        format_set_font_size(format, style.isTitle ? 14 : style.isSmall ? 8 : 10)
        if let pattern = style.numberFormat { format_set_num_format(format, pattern) }
        if style.isBold || style.isTitle { format_set_bold(format) }
        if style.isSmall { format_set_font_color(format, 0x595959) }
        if style.isHeader {
            format_set_bg_color(format, 0xDCE6F1)
            format_set_text_wrap(format)
            format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        }
        if style.isRight { format_set_align(format, UInt8(LXW_ALIGN_RIGHT.rawValue)) }
        // Else a text touches the number on its left.
        if style.isIndented { format_set_indent(format, 1) }
        if style.isLink {
            format_set_font_color(format, 0x0563C1)
            format_set_underline(format, UInt8(LXW_UNDERLINE_SINGLE.rawValue))
        }
        formats[style] = format
        return format
    }
}

/// How a cell looks.
struct CellStyle: Hashable {
    /// Of Excel, such as `#,##0.00`; `@` keeps a text a text when it is edited.
    var numberFormat: String?
    var isTitle = false
    var isBold = false
    var isHeader = false
    /// Small and grey: what machines read.
    var isSmall = false
    var isRight = false
    var isIndented = false
    var isLink = false
}

/// Cells of one sheet; rows and columns count from 0.
struct CellRange {
    var rows: ClosedRange<Int>
    var columns: ClosedRange<Int>
}

extension WorkbookFile {
    /// One sheet of the workbook; rows are written top to bottom.
    struct Sheet {
        fileprivate let sheet: UnsafeMutablePointer<lxw_worksheet>
        fileprivate let file: WorkbookFile

        /// Excel refuses longer texts.
        private static let charactersMax = 32_767

        func write(_ text: String, _ row: Int, _ column: Int, _ style: CellStyle = CellStyle()) {
            var text = text
            if text.utf8.count > Self.charactersMax {
                text = String(text.unicodeScalars.prefix(Self.charactersMax / 2)) + "…"
            }
            file.note(
                worksheet_write_string(
                    sheet, lxw_row_t(row), lxw_col_t(column), text, file.format(style)))
        }

        func write(_ number: Double, _ row: Int, _ column: Int, _ style: CellStyle = CellStyle()) {
            file.note(
                worksheet_write_number(
                    sheet, lxw_row_t(row), lxw_col_t(column), number, file.format(style)))
        }

        /// A cell that leads to another sheet.
        func writeLink(to name: String, _ row: Int, _ column: Int, text: String) {
            let link = CellStyle(isLink: true)
            file.note(
                worksheet_write_url_opt(
                    sheet, lxw_row_t(row), lxw_col_t(column), "internal:'\(name)'!A1",
                    file.format(link), text, nil))
        }

        func setColumn(_ column: Int, width: Double) {
            file.note(
                worksheet_set_column(sheet, lxw_col_t(column), lxw_col_t(column), width, nil))
        }

        /// Before anything of the row is written, and after everything of the rows above.
        func setRow(_ row: Int, height: Double) {
            file.note(worksheet_set_row(sheet, lxw_row_t(row), height, nil))
        }

        func freeze(above row: Int, leftOf column: Int = 0) {
            worksheet_freeze_panes(sheet, lxw_row_t(row), lxw_col_t(column))
        }

        func addFilter(_ range: CellRange) {
            file.note(
                worksheet_autofilter(
                    sheet, lxw_row_t(range.rows.lowerBound), lxw_col_t(range.columns.lowerBound),
                    lxw_row_t(range.rows.upperBound), lxw_col_t(range.columns.upperBound)))
        }

        /// Codes are texts of digits on purpose: no green corners.
        func acceptDigitsAsText(_ range: String) {
            file.note(
                worksheet_ignore_errors(
                    sheet, UInt8(LXW_IGNORE_NUMBER_STORED_AS_TEXT.rawValue), range))
        }

        /// A4, so many pages wide; the rows and first columns given stand on every page.
        func setUpPrint(
            repeating rows: ClosedRange<Int>?, columnCount: Int = 0, pagesWide: Int = 1,
            isLandscape: Bool = true
        ) {
            if isLandscape { worksheet_set_landscape(sheet) }
            worksheet_set_paper(sheet, 9)
            worksheet_fit_to_pages(sheet, UInt16(pagesWide), 0)
            if pagesWide > 1, columnCount > 0 {
                file.note(worksheet_repeat_columns(sheet, 0, lxw_col_t(columnCount - 1)))
            }
            worksheet_set_margins(sheet, 0.4, 0.4, 0.5, 0.6)
            file.note(worksheet_set_footer(sheet, "&L&8&A&R&8&P / &N"))
            if let rows {
                file.note(
                    worksheet_repeat_rows(
                        sheet, lxw_row_t(rows.lowerBound), lxw_row_t(rows.upperBound)))
            }
        }

        func hideGridlines() {
            worksheet_gridlines(sheet, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue))
        }
    }
}

/// A native chart over cells of a sheet.
struct WorkbookChart {
    var title: String
    var xName: String
    var yName: String
    /// Columns; else lines.
    var isOfColumns: Bool
    var series: [Series]
    var minimum: Double?
    var width = 860
    var height = 400

    /// A row of values over its categories.
    struct Series {
        var name: String
        /// A dashed line without points.
        var isTarget = false
        /// 0xRRGGBB.
        var color: UInt32
        var categories: CellRange
        var values: CellRange
    }
}

extension WorkbookFile.Sheet {
    /// Puts the chart with its upper left corner on the cell.
    func insert(_ chart: WorkbookChart, cellsOf name: String, _ row: Int, _ column: Int) {
        let workbook = file.workbookPointer
        let kind = chart.isOfColumns ? LXW_CHART_COLUMN : LXW_CHART_LINE
        guard let base = workbook_add_chart(workbook, UInt8(kind.rawValue)) else { return }
        for series in chart.series { add(series, to: base, isOfColumns: chart.isOfColumns, name) }
        chart_title_set_name(base, chart.title)
        var font = lxw_chart_font()
        font.size = 13
        chart_title_set_name_font(base, &font)
        chart_axis_set_name(base.pointee.x_axis, chart.xName)
        chart_axis_set_name(base.pointee.y_axis, chart.yName)
        chart_axis_set_num_format(base.pointee.y_axis, "0")
        var grid = lxw_chart_line()
        grid.color = 0xD9D9D9
        chart_axis_major_gridlines_set_line(base.pointee.y_axis, &grid)
        if let minimum = chart.minimum { chart_axis_set_min(base.pointee.y_axis, minimum) }
        chart_legend_set_position(base, UInt8(LXW_CHART_LEGEND_BOTTOM.rawValue))
        // The library's default picture is 480 by 288 pixels.
        var options = lxw_chart_options()
        options.x_scale = Double(chart.width) / 480
        options.y_scale = Double(chart.height) / 288
        file.note(
            worksheet_insert_chart_opt(
                sheet, lxw_row_t(row), lxw_col_t(column), base, &options))
    }

    private func add(
        _ series: WorkbookChart.Series, to chart: UnsafeMutablePointer<lxw_chart>,
        isOfColumns: Bool, _ name: String
    ) {
        guard let added = chart_add_series(chart, nil, nil) else { return }
        chart_series_set_name(added, series.name)
        chart_series_set_categories(
            added, name, lxw_row_t(series.categories.rows.lowerBound),
            lxw_col_t(series.categories.columns.lowerBound),
            lxw_row_t(series.categories.rows.upperBound),
            lxw_col_t(series.categories.columns.upperBound))
        chart_series_set_values(
            added, name, lxw_row_t(series.values.rows.lowerBound),
            lxw_col_t(series.values.columns.lowerBound),
            lxw_row_t(series.values.rows.upperBound),
            lxw_col_t(series.values.columns.upperBound))
        var line = lxw_chart_line()
        line.color = series.color
        var fill = lxw_chart_fill()
        fill.color = series.color
        if isOfColumns {
            chart_series_set_fill(added, &fill)
            return
        }
        line.width = 2.25
        if series.isTarget {
            line.dash_type = UInt8(LXW_CHART_LINE_DASH_DASH.rawValue)
            chart_series_set_marker_type(added, UInt8(LXW_CHART_MARKER_NONE.rawValue))
        } else {
            chart_series_set_marker_type(added, UInt8(LXW_CHART_MARKER_CIRCLE.rawValue))
            chart_series_set_marker_fill(added, &fill)
        }
        chart_series_set_line(added, &line)
    }
}

extension WorkbookFile {
    fileprivate var workbookPointer: UnsafeMutablePointer<lxw_workbook> { workbook }
}
