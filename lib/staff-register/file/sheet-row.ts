/** What stands in a cell. Only a workbook tells a number from the text of one. */
export type Cell = string | number;

/** A row that holds something, with the line (of a workbook: the row) it begins on. Trailing cells may be missing. */
export type SheetRow = { line: number; cells: readonly Cell[] };

/** More rows than any agency has staff, and still some minutes' work at most. */
export const MOST_ROWS = 500_000;
/** Cells beyond are not looked at. */
export const MOST_COLUMNS = 100;

export const textOf = (cell: Cell | undefined): string => (cell === undefined ? "" : String(cell).trim());

export const isBlank = (cells: readonly Cell[]): boolean => cells.every((cell) => textOf(cell) === "");
