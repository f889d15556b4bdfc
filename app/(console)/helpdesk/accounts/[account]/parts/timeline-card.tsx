import { LinkButton } from "#components/ui/button.tsx";
import { WithAddress } from "#components/ui/mail-address.tsx";
import type { TimelineLine } from "#lib/helpdesk/account/list-timeline.ts";
import { formatNear, formatTime } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { capital, type Words } from "../../../said.ts";
import { timelinePath } from "../paths.ts";
import { wordsOfTimeline } from "./timeline-words.ts";

type TimelineCardProps = Words & {
  accountId: string;
  timeline: { lines: readonly TimelineLine[]; more: boolean };
  before: number | null;
};

const BAD = new Set(["account.locked", "account.suspended", "account.closed", "letter.bounced", "letter.complained"]);
const GOOD = new Set(["sign_in.succeeded", "account.registered", "account.activated", "letter.delivered"]);
const pointOf = ({ refused, event }: TimelineLine): string | undefined =>
  refused || BAD.has(event.type) ? "e-bad" : GOOD.has(event.type) ? "e-ok" : undefined;

/** What happened to the account, newest first, by whom and why. */
export async function TimelineCard({ accountId, timeline: { lines, more }, before, now, language }: TimelineCardProps) {
  const t = await getTranslations("diagnosis.timeline");
  const wordsOf = wordsOfTimeline(language);
  const last = lines.at(-1);
  const said = (at: Date) => {
    const near = capital(formatNear(at, now, language));
    return near.includes(",") ? near : `${near}, ${formatTime(at, language)}`;
  };
  return (
    <section className="card" aria-labelledby="timeline">
      <h2 className="h3" id="timeline">
        {t("heading")}
      </h2>
      {lines.length === 0 && <p className="muted">{t(before === null ? "empty" : "none")}</p>}
      {lines.length > 0 && (
        <ol className="time">
          {lines.map((line) => {
            const { what, why, from, by, because } = wordsOf(line);
            return (
              <li key={line.id} className={pointOf(line)}>
                <div>
                  <p className="t">{what}</p>
                  {why && (
                    <p className="s">
                      <WithAddress words={why} />
                    </p>
                  )}
                  {because && <p className="s">{because}</p>}
                  <p className="s meta">
                    {[said(line.at), ...from, ...by].map((fact) => (
                      <span key={fact}>{fact}</span>
                    ))}
                  </p>
                </div>
              </li>
            );
          })}
        </ol>
      )}
      {(more || before !== null) && (
        <nav className="actions" aria-label={t("pages")}>
          {more && last && (
            <LinkButton variant="second" small href={timelinePath(accountId, last.id)}>
              {t("older")}
            </LinkButton>
          )}
          {before !== null && (
            <LinkButton variant="quiet" small href={timelinePath(accountId)}>
              {t("newest")}
            </LinkButton>
          )}
        </nav>
      )}
    </section>
  );
}
