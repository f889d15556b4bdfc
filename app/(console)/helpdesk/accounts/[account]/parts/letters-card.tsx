import { getTranslations } from "next-intl/server";
import { Badge } from "#components/ui/badge.tsx";
import type { IconName } from "#components/ui/icon.tsx";
import { tableRoles } from "#components/ui/table-roles.ts";
import type { Tone } from "#components/ui/tone.ts";
import type { LetterFact, LetterState } from "#lib/helpdesk/account/account-facts.ts";
import { troubleOf } from "#lib/helpdesk/diagnosis/trouble-of.ts";
import { messages } from "#lib/text/messages.ts";
import { capital, saidAt, type Words } from "./said.ts";

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
        <table className="table letters" {...tableRoles.table}>
          <thead {...tableRoles.group}>
            <tr {...tableRoles.row}>
              {(["letter", "time", "state", "reason"] as const).map((column) => (
                <th key={column} {...tableRoles.head}>
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody {...tableRoles.group}>
            {letters.map((letter) => (
              <Letter key={letter.id} letter={letter} {...words} />
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

async function Letter({ letter, ...words }: Words & { letter: LetterFact }) {
  const t = await getTranslations("diagnosis.letters");
  const { tone, icon } = looks[letter.state];
  return (
    <tr {...tableRoles.row}>
      <td {...tableRoles.cell} className="lead-cell" data-l={t("letter")}>
        {nameOf(letter, words)}
      </td>
      <td {...tableRoles.cell} data-l={t("time")}>
        {capital(saidAt(letter.createdAt, words))}
      </td>
      <td {...tableRoles.cell} data-l={t("state")}>
        <span>
          <Badge tone={tone} icon={icon}>
            {t(`states.${letter.state}`)}
          </Badge>
        </span>
      </td>
      <td {...tableRoles.cell} data-l={t("reason")}>
        <span className="muted">{t(`reasons.${reasonOf(letter)}`)}</span>
      </td>
    </tr>
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
