import { LinkButton } from "#components/ui/button.tsx";
import type { Barred, OfferedAction } from "#lib/helpdesk/account/possible-actions.ts";
import { type Finding, type Help, isTrouble } from "#lib/helpdesk/diagnosis/findings.ts";
import { differingLabels } from "#lib/helpdesk/diagnosis/suggest-mailbox.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { saidAt, type Words } from "../../../said.ts";
import { accountPath, actionPath } from "../paths.ts";

type DiagnosisProps = Words & {
  findings: readonly [Finding, ...Finding[]];
  accountId: string;
  actions: readonly OfferedAction[];
  barred: Barred;
};

/** The likeliest reason with its evidence and the one thing that helps; below it what else it may be. */
export async function Diagnosis({ findings: [first, ...others], ...page }: DiagnosisProps) {
  const t = await getTranslations("diagnosis");
  const { title, text, advice } = wordsOf(t, first, page);
  const trouble = isTrouble(first);
  return (
    <section className={trouble ? "diag" : "diag calm"} aria-labelledby="diagnosis">
      <div>
        <p className="kicker">{t(kickerOf(first))}</p>
        <h2 id="diagnosis">{title}</h2>
        <p>{text}</p>
        {first.code === "letter_bounced_no_such_mailbox" && <Slip {...first.about} />}
        {others.length > 0 && (
          <details className="others">
            <summary>{t("others")}</summary>
            <ul>
              {others.map((other) => {
                const words = wordsOf(t, other, page);
                return (
                  <li key={other.code}>
                    <strong>{words.title}.</strong> {words.text} {words.advice}
                  </li>
                );
              })}
            </ul>
          </details>
        )}
      </div>
      <div className="act">
        <HelpButton help={first.help} {...page} />
        <p>{advice}</p>
      </div>
    </section>
  );
}

const ofSystems: readonly Finding["code"][] = ["not_confirmed_by_office", "system_refused"];
const kickerOf = (found: Finding) =>
  !isTrouble(found) ? "standing" : ofSystems.includes(found.code) ? "whyNoSystems" : "why";

async function HelpButton({ help, accountId, actions, barred }: Omit<DiagnosisProps, "findings"> & { help: Help }) {
  const t = await getTranslations("diagnosis");
  if (help === null) return null;
  if ("guide" in help)
    return (
      <LinkButton variant="second" block icon="book" href={`/guide/${help.guide}`}>
        {t(`guide.${help.guide}`)}
      </LinkButton>
    );
  if ("again" in help)
    return (
      <LinkButton variant="second" block icon="again" href={accountPath(accountId)}>
        {t("again")}
      </LinkButton>
    );
  const action = actions.find((each) => each === help.do);
  if (!action) return <p className="may-not">{t(barred === "own" ? "ownAccount" : "mayNot")}</p>;
  return (
    <LinkButton block href={actionPath(accountId, action)}>
      {t(`actions.${action}`)}
    </LinkButton>
  );
}

/** The address as it is, and as it was probably meant; what differs is marked. */
async function Slip({ mailbox, suggested }: { mailbox: string; suggested: string | null }) {
  const t = await getTranslations("diagnosis");
  if (suggested === null) return <p className="fix">{mailbox}</p>;
  return (
    <dl className="fix">
      <dt>{t("now")}</dt>
      <dd>
        <Marked text={mailbox} other={suggested} />
      </dd>
      <dt>{t("suggested")}</dt>
      <dd>
        <Marked text={suggested} other={mailbox} good />
      </dd>
    </dl>
  );
}

function Marked({ text, other, good }: { text: string; other: string; good?: true }) {
  return differingLabels(text, other).map(({ text: part, differs, at }) =>
    differs ? (
      <mark key={at} className={good && "good"}>
        {part}
      </mark>
    ) : (
      <span key={at}>
        {part}
        {part === "@" && <wbr />}
      </span>
    ),
  );
}

type Translator = Awaited<ReturnType<typeof getTranslations<"diagnosis">>>;

/** A finding in the reader's words. What has no date says `none`, for the words to choose by. */
function wordsOf(
  t: Translator,
  { code, about, help }: Finding,
  page: Words,
): { title: string; text: string; advice: string } {
  const facts: Record<string, string | number> = { act: help !== null && "do" in help ? help.do : "none" };
  for (const [name, value] of Object.entries(about) as [string, Date | string | number | boolean | null][])
    facts[name] =
      value === null
        ? "none"
        : value instanceof Date
          ? saidAt(value, page)
          : typeof value === "number"
            ? value
            : String(value);
  return {
    title: t(`findings.${code}.title`, facts as never),
    text: t(`findings.${code}.text`, facts as never),
    advice: t(`findings.${code}.advice`, facts as never),
  };
}
