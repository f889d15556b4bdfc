import { type Named, run } from "#db/named.ts";
import { daysLater } from "#lib/kernel/calendar-day.ts";
import type { Context } from "#lib/kernel/context.ts";
import type { PhaseShown } from "./phase-shown.ts";
import type { Progress } from "./progress.ts";

/** `day`: `2026-11-21`. */
export type TrendDay = Progress & { day: string };

/** Days that fit side by side on a desk, and are still told apart. */
const TREND_MAX = 90;
/** Before a phase begins there is still something to see. */
const BEFORE_BEGIN = 13;

const statement: Named = {
  name: "campaign_trend",
  text: `
    select day::text as day, sum(not_begun)::int as "notBegun", sum(under_way)::int as "underWay", sum(done)::int as done
    from campaign_day where campaign_id = $1 and day between $2::date and $3::date
      and ($4::uuid[] is null or office_id = any($4::uuid[])) group by 1 order by 1`,
};

/** From when until when a board's trend goes: that of its phase as far as today, of at most 90 days. */
export function trendSpan(shown: PhaseShown, today: string): { from: string; until: string } {
  if (shown === "all" || shown === "none") return { from: daysLater(today, 1 - TREND_MAX), until: today };
  const until = shown.untilDay < today ? shown.untilDay : today;
  const earliest = daysLater(until, 1 - TREND_MAX);
  const from = shown.fromDay <= until ? shown.fromDay : daysLater(until, -BEFORE_BEGIN);
  return { from: later(from, earliest), until };
}

const later = (one: string, other: string): string => [one, other].toSorted()[1] as string;

/** How it stood at the end of each day of a span, of these offices (null: all); days on which nobody looked are not there. */
export const readTrend = (
  ctx: Pick<Context, "db">,
  campaignId: string,
  span: { from: string; until: string },
  officeIds: readonly string[] | null,
): Promise<TrendDay[]> => run<TrendDay>(ctx.db, statement, [campaignId, span.from, span.until, officeIds]);

/** Every day from the first that is known on, each as it was last known; `today`, where it is among them, as it is now. */
export function everyDay(known: readonly TrendDay[], until: string, today: TrendDay): TrendDay[] {
  const all = until === today.day ? [...known.filter(({ day }) => day !== today.day), today] : known;
  const [first] = all;
  if (!first) return [];
  const at = new Map(all.map((each) => [each.day, each]));
  const filled: TrendDay[] = [];
  let last: TrendDay = first;
  for (let day = first.day; day <= until; day = daysLater(day, 1)) {
    last = { ...(at.get(day) ?? last), day };
    filled.push(last);
  }
  return filled;
}
