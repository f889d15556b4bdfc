import { Badge } from "#components/ui/badge.tsx";
import type { IconName } from "#components/ui/icon.tsx";
import { Table } from "#components/ui/table.tsx";
import type { Tone } from "#components/ui/tone.ts";
import type { LetterFact, LetterState } from "#lib/helpdesk/account/account-facts.ts";
import { troubleOf } from "#lib/helpdesk/diagnosis/trouble-of.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { capital, saidAt, type Words } from "../../../said.ts";

const looks = {
  queued: { tone: undefined, icon: "clock" },
  handed_over: { tone: "info", icon: "send" },
  delivered: { tone: "ok", icon: "check" },
  bounced: { tone: "bad", icon: "cross" },
  complained: { tone: "bad", icon: "flag" },
  refused: { tone: "bad", icon: "cross" },
  moot: { tone: undefined, icon: "cross" },
} as const satisfies Record<LetterState, { tone: Tone | undefined; icon: IconName }>;

/** What was mailed to this person of late, what became of it and why. */
export async function LettersCard({ letters, ...words }: Words & { letters: readonly LetterFact[] }) {
  const t = await getTranslations("diagnosis.letters");
  return (
    <section className="card" aria-labelledby="letters">
      <h2 className="h3" id="letters">
        {t("heading")}
      </h2>
      {letters.length === 0 ? (
        <p className="muted">{t("none")}</p>
      ) : (
        <Table
          heads={(["letter", "time", "state", "reason"] as const).map((column) => t(column))}
          rows={letters.map((letter) => ({
            key: letter.id,
            cells: [
              nameOf(letter, words),
              capital(saidAt(letter.createdAt, words)),
              <Badge key="state" {...looks[letter.state]}>
                {t(`states.${letter.state}`)}
              </Badge>,
              <span key="reason" className="muted">
                {t(`reasons.${reasonOf(letter)}`)}
              </span>,
            ],
          }))}
        />
      )}
    </section>
  );
}

/** A notice is called by what it told of. */
function nameOf({ kind, change }: LetterFact, { language }: Words): string {
  const { activity, mail } = messages[language];
  const told: Record<string, string> = mail.securityChange.what;
  const names: Record<string, string> = activity.letters;
  return capital((kind === "security_change" && change !== null ? told[change] : names[kind]) ?? kind);
}

function reasonOf(letter: LetterFact) {
  switch (letter.state) {
    case "queued":
      return letter.reason === null ? "queued" : "waiting";
    case "moot":
      return letter.reason === "address_undeliverable" ? "address_undeliverable" : "moot";
    case "handed_over":
    case "delivered":
      return letter.state;
    default:
      return troubleOf(letter);
  }
}
