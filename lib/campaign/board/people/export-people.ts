import { record } from "#lib/audit/record.ts";
import type { Context, Language } from "#lib/kernel/context.ts";
import { CSV_BEGIN, csvLine } from "#lib/kernel/csv.ts";
import { ok, type Result, refuse } from "#lib/kernel/result.ts";
import { holds, type Officer } from "#lib/office/roles/rights.ts";
import { officerOf } from "#lib/office/roles/rights-now.ts";
import { timestampOfFile } from "#lib/text/format-date.ts";
import { messages } from "#lib/text/messages.ts";
import { type BoardCampaign, findBoard, notThere } from "../find-board.ts";
import { hindranceOf } from "../hindrances.ts";
import { mayList } from "./list-people.ts";
import { type PersonFilters, personFilterNames } from "./person-filters.ts";
import { countPeople, type ListedPerson, listed, type Place, readPeople } from "./read-people.ts";

const RIGHT = "campaign.export";
/** Rows read at once: a whole campaign passes through without lying in memory. */
const CHUNK = 1_000;

/**
 * A campaign's people, narrowed, as CSV: piece by piece, and how many rows it has at this moment. Who took what is on
 * record before the first piece leaves. It breaks off where the officer's right ends meanwhile. `not_found`: they may not,
 * or the filter names an office that is not theirs or a phase that there is not; recorded.
 */
export async function exportPeople(
  ctx: Context,
  campaignId: string,
  filters: PersonFilters,
  chunk = CHUNK,
): Promise<Result<{ rows: number; pieces: AsyncGenerator<string, void> }, "signed_out" | "not_found">> {
  if (ctx.actor.kind !== "account") return refuse("signed_out");
  const found = await findBoard(ctx, campaignId, RIGHT);
  if (!found.ok) return found;
  const { officer, campaign } = found.value;
  if (!mayList(officer, campaign, filters, RIGHT)) return notThere(ctx, RIGHT);
  const rows = await countPeople(ctx, { officer, right: RIGHT, campaign, filters });
  await ctx.db.transaction((tx) =>
    record(tx, ctx, {
      type: "campaign_people.exported",
      accountId: null,
      campaignId: campaign.id,
      rows,
      filters: personFilterNames(filters).join(","),
    }),
  );
  return ok({ rows, pieces: piecesOf(ctx, { officer, campaign, filters }, chunk) });
}

type Taken = { officer: Officer; campaign: BoardCampaign; filters: PersonFilters };

async function* piecesOf(ctx: Context, begun: Taken, chunk: number): AsyncGenerator<string, void> {
  const { language } = ctx.request;
  yield CSV_BEGIN + csvLine(Object.values(messages[language].campaignBoard.csv));
  let officer: Officer | null = begun.officer;
  let from: Place | null = null;
  for (;;) {
    const rows = await readPeople(ctx, { ...begun, officer, right: RIGHT }, from, chunk);
    yield rows.map((row) => lineOf(listed(ctx, row), language)).join("");
    const last = rows.at(-1);
    if (!last || rows.length < chunk) return;
    from = { key: last.key, id: last.id, direction: "after" };
    officer = await officerOf(ctx.db, ctx);
    if (!officer || !holds(officer, RIGHT)) throw new Error("The right to the list ended while it was taken");
  }
}

// In the order of the words of its head.
function lineOf(person: ListedPerson, language: Language): string {
  const { personStates, hindrances, needs } = messages[language].campaignBoard;
  const moment = (at: Date | null) => (at ? timestampOfFile(at) : "");
  return csvLine([
    person.fullName,
    person.identity,
    person.officialEmail,
    person.officeCode,
    person.officeName,
    person.phaseNumber,
    personStates[person.state],
    person.heldUpBy ? hindrances[hindranceOf(person.heldUpBy)] : "",
    person.missing.map((need) => needs[need]).join("; "),
    moment(person.completedAt),
    moment(person.lastLetterAt),
  ]);
}
