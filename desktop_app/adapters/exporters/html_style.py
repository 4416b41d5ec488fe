"""How the page of a run looks: light or dark as its reader has it, and plain on paper."""

STYLE = """
:root { color-scheme: light dark; --ground: #ffffff; --text: #1d1d1d; --soft: #5c5c5c; --line: #d9d9d9;
  --head: #f1f1f1; --bad: #a11d1d; --picture: %dpx; }
@media (prefers-color-scheme: dark) { :root { --ground: #1b1b1b; --text: #e8e8e8; --soft: #a8a8a8;
  --line: #3a3a3a; --head: #262626; --bad: #ff8f8f; } }
* { box-sizing: border-box; }
body { margin: 24px; background: var(--ground); color: var(--text);
  font: 14px/1.45 system-ui, "Segoe UI", "Noto Sans", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 20px; margin: 0 0 16px; overflow-wrap: anywhere; }
h2 { font-size: 16px; margin: 32px 0 8px; }
.box, .rest { overflow: auto; border: 1px solid var(--line); border-radius: 6px; }
.box { max-height: calc(100vh - 48px); }
table { border-collapse: separate; border-spacing: 0; }
.box table { width: max-content; }
th, td { border-bottom: 1px solid var(--line); padding: 6px 10px; text-align: start; vertical-align: top;
  white-space: pre-wrap; overflow-wrap: break-word; min-width: 5em; max-width: 28em; unicode-bidi: plaintext;
  background: var(--ground); mso-number-format: "\\@"; }
tbody tr:last-child td { border-bottom: 0; }
thead th { position: sticky; top: 0; z-index: 1; background: var(--head); white-space: nowrap; }
.box th:first-child, .box td:first-child { position: sticky; left: 0; border-right: 1px solid var(--line); }
.box thead th:first-child { z-index: 2; }
td.number { text-align: right; font-variant-numeric: tabular-nums; mso-number-format: General; }
td.day { white-space: nowrap; }
tr.failed td { color: var(--bad); }
td.picture { min-width: calc(var(--picture) + 20px); }
td.picture img { display: block; max-width: var(--picture); max-height: var(--picture); width: auto;
  height: auto; }
.about th { color: var(--soft); font-weight: normal; min-width: 12em; }
.about td { max-width: 80em; }
@media print { @page { size: landscape; margin: 12mm; } :root { --ground: #ffffff; --text: #000000;
  --soft: #444444; --line: #bbbbbb; --head: #ffffff; --bad: #7a0000; }
  body { margin: 0; font-size: 10px; } .box, .rest { overflow: visible; max-height: none; border: 0; }
  .box table { width: auto; } thead { display: table-header-group; }
  th, td { min-width: 0; max-width: 14em; padding: 3px 5px; }
  thead th, .box th:first-child, .box td:first-child { position: static; white-space: pre-wrap; }
  .about td { max-width: 60em; } td.picture { min-width: 0; }
  td.picture img { max-width: 72px; max-height: 72px; }
  tr { break-inside: avoid; } }
"""
"""`%` puts in the longest side of pictures, in pixels."""
