import type { ExportFormat } from "#lib/helpdesk/audit-trail/export-trail.ts";
import { queryOf, type TrailFilter } from "#lib/helpdesk/audit-trail/trail-filter.ts";

export const AUDIT_PATH = "/admin/audit";

export const auditPath = (filter: TrailFilter, before?: number): string =>
  `${AUDIT_PATH}${queryOf(filter, before === undefined ? {} : { before: String(before) })}`;

export const exportPath = (filter: TrailFilter, format: ExportFormat): string =>
  `${AUDIT_PATH}/export${queryOf(filter, { format })}`;

/** The number of an event in an address; null of anything else. */
export const eventIn = (value: unknown): number | null =>
  typeof value === "string" && /^[1-9]\d{0,14}$/.test(value) ? Number(value) : null;
