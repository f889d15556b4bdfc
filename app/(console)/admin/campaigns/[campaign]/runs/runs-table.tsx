import { Fragment } from "react";
import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Table } from "#components/ui/table.tsx";
import type { Tone } from "#components/ui/tone.ts";
import { type Hindrance, hindrances } from "#lib/campaign/board/hindrances.ts";
import type { ListedRun } from "#lib/campaign/letters/list-runs.ts";
import type { Language } from "#lib/kernel/context.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { change } from "./actions.ts";
import { passedOverPath } from "./whom.ts";

const tones: Partial<Record<ListedRun["state"], Tone>> = { running: "info", paused: "warn", done: "ok" };

type RunsTableProps = { campaignId: string; runs: readonly ListedRun[]; language: Language };

/** What went out: when, how many got it, whom it passed over; and stopping what still goes out. */
export async function RunsTable({ campaignId, runs, language }: RunsTableProps) {
  const [t, board] = await Promise.all([getTranslations("campaignLetters"), getTranslations("campaignBoard")]);
  const nameOf = ({ occasion, kind }: ListedRun) => {
    if (occasion.startsWith("before-")) return t("occasions.before", { days: Number(occasion.slice(7)) });
    if (kind === "reminder") return t("occasions.byHand");
    return t(occasion === "begin" ? "occasions.begin" : "occasions.newcomers");
  };
  const isHindrance = (value: string | null): value is Hindrance => value !== null && Object.hasOwn(hindrances, value);
  const figures = new Intl.NumberFormat(language);
  return (
    <Table
      className="campaign-runs"
      heads={["what", "state", "when", "sent", "passed", "change"].map((head) => t(`run.${head as "what"}`))}
      rows={runs.map((run) => {
        const what = `${nameOf(run)}, ${t("run.phase", { number: run.phase })}`;
        const passed = run.unreachable + run.hadToday;
        return {
          key: run.id,
          cells: [
            <Fragment key="what">
              <strong>{nameOf(run)}</strong>
              <br />
              <span className="hint">
                {t("run.phase", { number: run.phase })}
                {run.officeIds && ` · ${t("run.offices", { count: run.officeIds.length })}`}
              </span>
              {isHindrance(run.heldUpBy) && (
                <span className="hint run-line">
                  {t("run.held", { hindrance: board(`hindrances.${run.heldUpBy}`) })}
                </span>
              )}
              {run.by && <span className="hint run-line">{t("run.by", { name: run.by })}</span>}
              {run.reason && <span className="hint run-line">{t("run.reason", { reason: run.reason })}</span>}
            </Fragment>,
            <Badge key="state" tone={tones[run.state]}>
              {t(`states.${run.state}`)}
            </Badge>,
            <Fragment key="when">
              {t("run.started", { at: formatDate(run.startedAt, language) })}
              {run.endedAt && (
                <span className="hint run-line">{t("run.ended", { at: formatDate(run.endedAt, language) })}</span>
              )}
            </Fragment>,
            <span key="sent" className="num">
              {figures.format(run.sent)}
            </span>,
            passed > 0 ? (
              <a key="passed" href={passedOverPath(campaignId, run.id)}>
                {t("run.seePassed", { count: passed })}
              </a>
            ) : (
              t("run.nobody")
            ),
            run.mayChange ? (
              <form key="change" action={change} className="run-changes">
                <input type="hidden" name="campaign" value={campaignId} />
                <input type="hidden" name="run" value={run.id} />
                {(run.state === "running" ? (["pause", "stop"] as const) : (["resume", "stop"] as const)).map(
                  (each) => (
                    <Submit
                      key={each}
                      name="change"
                      value={each}
                      variant={each === "stop" ? "danger" : "second"}
                      small
                      busy={t("run.busy")}
                      aria-label={t(`run.${each}Of`, { what })}
                    >
                      {t(`run.${each}`)}
                    </Submit>
                  ),
                )}
              </form>
            ) : (
              "–"
            ),
          ],
        };
      })}
    />
  );
}
