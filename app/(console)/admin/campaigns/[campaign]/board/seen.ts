import type { BoardFilters } from "#lib/campaign/board/board-filters.ts";
import type { Board } from "#lib/campaign/board/view-board.ts";
import type { Language } from "#lib/kernel/context.ts";
import type { Officer } from "#lib/office/roles/rights.ts";
import type { Figures } from "../../figures.ts";

/** A board, as who sees it in which language. `chosen`: its filters, the phase always named. */
export type Seen = {
  board: Board;
  chosen: BoardFilters;
  figures: Figures;
  officer: Officer;
  language: Language;
  /** `2026-11-21`. */
  today: string;
};
