import { run } from "#db/named.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { Announcement } from "../announcements/announcement.ts";
import type { Changed, Chosen } from "./settings.ts";

/** Everything that administrators have chosen and that pages go by, as it stands. */
export type InForce = {
  chosen: Chosen;
  /** Grows with every change of any kind but the announcements' coming and going, which the clock decides. */
  edition: number;
  /** Those on show and still to come. */
  announcements: readonly Announcement[];
};

type Row = {
  settings: { key: string; value: object; version: number }[];
  announcements: (Omit<Announcement, "fromAt" | "untilAt"> & { fromAt: string; untilAt: string | null })[];
};

const statement = {
  name: "administration_standing",
  text: `select
    (select coalesce(jsonb_agg(jsonb_build_object('key', key, 'value', value, 'version', version)), '[]') from agency_setting) as settings,
    (select coalesce(jsonb_agg(jsonb_build_object('id', id, 'textMs', text_ms, 'textEn', text_en, 'level', level,
      'fromAt', from_at, 'untilAt', until_at) order by from_at desc, id), '[]')
      from announcement where ended_at is null and (until_at is null or until_at > $1)) as announcements`,
};

export const nothingChosen: InForce = {
  chosen: { policy: {}, domains: {}, look: {} },
  edition: 0,
  announcements: [],
};

/** One statement, over some ten rows: every instance asks it every few seconds. */
export async function readInForce(ctx: Pick<Context, "db" | "now">): Promise<InForce> {
  const [row] = await run<Row>(ctx.db, statement, [ctx.now()]);
  if (!row) return nothingChosen;
  const byKey = new Map(row.settings.map(({ key, value }) => [key, value]));
  const chosenOn = <Page extends keyof Chosen>(page: Page) => (byKey.get(page) ?? {}) as Chosen[Page];
  return {
    chosen: { policy: chosenOn("policy"), domains: chosenOn("domains"), look: chosenOn("look") },
    edition: row.settings.reduce((sum, { version }) => sum + version, 0),
    announcements: row.announcements.map(({ fromAt, untilAt, ...rest }) => ({
      ...rest,
      fromAt: new Date(fromAt),
      untilAt: untilAt === null ? null : new Date(untilAt),
    })),
  };
}

/** When each page of settings was last changed and by whom (a full name); nothing for those that never were. */
export async function lastChanges(ctx: Pick<Context, "db">): Promise<Record<string, Changed>> {
  const rows = await run<{ key: string; version: number; at: Date; by: string | null }>(ctx.db, changesStatement, []);
  return Object.fromEntries(rows.map(({ key, ...changed }) => [key, changed]));
}

const changesStatement = {
  name: "administration_last_changes",
  text: `select s.key, s.version, s.changed_at as at, a.full_name as by
    from agency_setting s left join account a on a.id = s.changed_by where s.version > 0`,
};

/** Of one page, as stored now: whoever is about to change it looks at this, not at what a process has kept. */
export async function readPage<Page extends keyof Chosen>(
  ctx: Pick<Context, "db">,
  page: Page,
): Promise<{ chosen: Chosen[Page]; changed: Changed }> {
  const [row] = await run<{ value: Chosen[Page]; version: number; at: Date; by: string | null }>(
    ctx.db,
    pageStatement,
    [page],
  );
  if (!row) return { chosen: {}, changed: { version: 0, at: null, by: null } };
  const { value, ...changed } = row;
  return { chosen: value, changed };
}

const pageStatement = {
  name: "administration_page",
  text: `select s.value, s.version, s.changed_at as at, a.full_name as by
    from agency_setting s left join account a on a.id = s.changed_by where s.key = $1 and s.version > 0`,
};
