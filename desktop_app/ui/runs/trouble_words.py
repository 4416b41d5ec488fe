"""What keeps a run, or some of its servers, from going on, in words."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from desktop_app.domain.conversations import AnswerFailure
from desktop_app.domain.errors import ErrorCode
from desktop_app.domain.runs.run import RunState
from desktop_app.ui.report import ErrorReport, describe
from desktop_app.ui.runs.run_status import RunStatus

_TRY_AGAIN = (ErrorCode.SERVER_BUSY, ErrorCode.SERVER_GATEWAY)
"""Their advice is to try again, which a waiting run does by itself."""


def is_of_servers(status: RunStatus) -> bool:
    """Whether what is told concerns servers, so that their settings may mend it."""
    failure = status.run.failure
    return bool(status.resting) or (
        failure is not None and failure.code.value.startswith(("server-", "blocked-"))
    )


class TroubleWords(QObject):
    """Wording only."""

    def report(self, status: RunStatus) -> ErrorReport | None:
        """What to tell beside the run; None for nothing."""
        run = status.run
        if run.failure is None or (status.is_here and run.state is RunState.RUNNING):
            return self._resting(status)
        report = describe(run.failure.as_error())
        if run.state is not RunState.WAITING:
            return report
        if len(run.plan.servers) > 1:
            goes_on = self.tr("The run goes on by itself as soon as one of its servers answers.")
        else:
            goes_on = self.tr("The run goes on by itself as soon as the server answers.")
        advice = self._advice(run.failure, report)
        return replace(report, advice=f"{goes_on} {advice}".strip())

    def _resting(self, status: RunStatus) -> ErrorReport | None:
        if not status.resting:
            return None
        reports = [(one, describe(one.failure.as_error())) for one in status.resting]
        lines = [
            self.tr("Without “{server}” for now: {sentence}").format(
                server=one.name, sentence=f"{report.sentence} {self._advice(one.failure, report)}".strip()
            )
            for one, report in reports
        ]
        goes_on = self.tr(
            "The run goes on with the other servers. A server that can be used again joins by itself."
        )
        details = "\n".join(report.detail for _, report in reports if report.detail)
        return ErrorReport("\n".join(lines), goes_on, details)

    @staticmethod
    def _advice(failure: AnswerFailure, report: ErrorReport) -> str:
        return "" if failure.code in _TRY_AGAIN else report.advice
