"""Finds the exporter of a format; what it needs is loaded on first use."""

from __future__ import annotations

from desktop_app.domain.runs.export_format import ExportFormat
from desktop_app.services.runs.handover_ports import RunExporter


def exporter_of(wanted: ExportFormat) -> RunExporter:
    """May take a tenth of a second the first time; call it in a thread."""
    match wanted:
        case ExportFormat.CSV:
            from desktop_app.adapters.exporters.csv_file import CsvExporter

            return CsvExporter()
        case ExportFormat.XLSX:
            from desktop_app.adapters.exporters.xlsx_file import XlsxExporter

            return XlsxExporter()
        case ExportFormat.JSONL:
            from desktop_app.adapters.exporters.jsonl_file import JsonLinesExporter

            return JsonLinesExporter()
        case ExportFormat.HTML:
            from desktop_app.adapters.exporters.html_file import HtmlExporter

            return HtmlExporter()
        case ExportFormat.COCO:
            from desktop_app.adapters.exporters.coco_json import CocoExporter

            return CocoExporter()
        case ExportFormat.YOLO:
            from desktop_app.adapters.exporters.yolo_folder import YoloExporter

            return YoloExporter()
        case ExportFormat.CAPTIONS:
            from desktop_app.adapters.exporters.captions import CaptionExporter

            return CaptionExporter()
