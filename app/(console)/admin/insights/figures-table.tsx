import { tableRoles } from "#components/ui/table-roles.ts";

export type FiguresRow = { key: string; name: string; cells: readonly string[]; total?: boolean };

type FiguresTableProps = { caption: string; first: string; columns: readonly string[]; rows: readonly FiguresRow[] };

/** The figures of a chart: for who does not see it, and for who wants them exactly. */
export function FiguresTable({ caption, first, columns, rows }: FiguresTableProps) {
  return (
    <table className="table" {...tableRoles.table}>
      <caption>{caption}</caption>
      <thead {...tableRoles.group}>
        <tr {...tableRoles.row}>
          <th {...tableRoles.head}>{first}</th>
          {columns.map((column) => (
            <th key={column} className="r" {...tableRoles.head}>
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...tableRoles.group}>
        {rows.map(({ key, name, cells, total }) => (
          <tr key={key} className={total ? "total" : undefined} {...tableRoles.row}>
            <td className="lead-cell" {...tableRoles.cell}>
              {name}
            </td>
            {columns.map((column, n) => (
              <td key={column} className="r" data-l={column} {...tableRoles.cell}>
                {cells[n]}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
