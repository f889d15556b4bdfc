/**
 * A table that is shown as blocks on a phone (`.table`) keeps its meaning only where its parts name their roles:
 * `<tr {...tableRoles.row}>`.
 */
export const tableRoles = {
  table: { role: "table" },
  group: { role: "rowgroup" },
  row: { role: "row" },
  head: { role: "columnheader", scope: "col" },
  cell: { role: "cell" },
} as const;
