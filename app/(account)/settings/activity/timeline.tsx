import { WithAddress } from "#components/ui/mail-address.tsx";
import type { Activity } from "#lib/account/activity/list-activity.ts";
import type { Language } from "#lib/kernel/context.ts";
import { before, days } from "#lib/kernel/time.ts";
import { formatDay, formatTime } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { approvalPath } from "../../approvals/paths.ts";
import { reportPath } from "./paths.ts";
import { wordsOfEvents } from "./words-of-event.ts";

type TimelineProps = { lines: readonly Activity[]; now: Date; language: Language };

const pointOf = ({ refused, event }: Activity): string | undefined =>
  refused || event.type === "account.locked" ? "e-bad" : event.type === "sign_in.succeeded" ? "e-ok" : undefined;

/** Day by day, newest first; beside each line the way to say that it was not one's own doing. */
export async function Timeline({ lines, now, language }: TimelineProps) {
  const t = await getTranslations("activity");
  const wordsOf = wordsOfEvents(language);
  const today = formatDay(now, language);
  const yesterday = formatDay(before(now, days(1)), language);
  const named = (day: string) =>
    day === today ? t("today", { day }) : day === yesterday ? t("yesterday", { day }) : day;
  return byDay(lines, language).map(({ day, of }) => (
    <section key={of[0]?.id} className="card" aria-labelledby={`d${of[0]?.id}`}>
      <h2 className="h4" id={`d${of[0]?.id}`}>
        {named(day)}
      </h2>
      <ol className="time">
        {of.map((line) => {
          const { what, why, from, who } = wordsOf(line);
          const at = formatTime(line.at, language);
          return (
            <li key={line.id} className={pointOf(line)}>
              <div>
                <p className="t">{what}</p>
                {why && (
                  <p className="s">
                    <WithAddress words={why} />
                  </p>
                )}
                {"approvalId" in line.event && (
                  <p className="s">
                    <a href={approvalPath(line.event.approvalId)}>{t("seeApproval")}</a>
                  </p>
                )}
                <p className="s meta">
                  {[at, ...from, who].map((fact) => (
                    <span key={fact}>{fact}</span>
                  ))}
                </p>
              </div>
              <a className="btn btn-quiet btn-s" href={reportPath(line.id)}>
                {t("report")}
                <span className="sr">
                  : {what}, {at}
                </span>
              </a>
            </li>
          );
        })}
      </ol>
    </section>
  ));
}

/** Lines that follow each other on one day of the agency's zone. */
function byDay(lines: readonly Activity[], language: Language): { day: string; of: Activity[] }[] {
  const groups: { day: string; of: Activity[] }[] = [];
  for (const line of lines) {
    const day = formatDay(line.at, language);
    const last = groups.at(-1);
    if (last?.day === day) last.of.push(line);
    else groups.push({ day, of: [line] });
  }
  return groups;
}
