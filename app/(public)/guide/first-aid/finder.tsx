import { GuideLink } from "#components/layout/guide-link.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { PhoneLink } from "#components/ui/phone-link.tsx";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { facts } from "../../facts.ts";
import { type End, ends, isQuestion, placeOf, type Question, questions, wayTo } from "./questions.ts";

/** One plain question after the other, each answer a link, until there is something to do. */
export async function Finder({ at }: { at: Question | End }) {
  const t = await getTranslations("guide.aid");
  const way = wayTo(at) ?? [];
  const before = way.at(-1);
  return (
    <section className="finder" aria-labelledby="finder">
      <p className="eyebrow">{isQuestion(at) ? t("question", { number: way.length + 1 }) : t("answer")}</p>
      {isQuestion(at) ? <Choices of={at} /> : <Help at={at} />}
      {before && (
        <p className="finder-back">
          <a href={placeOf(before)}>{t("back")}</a>
          {before !== "start" && <a href={placeOf("start")}>{t("again")}</a>}
        </p>
      )}
    </section>
  );
}

async function Choices({ of }: { of: Question }) {
  const t = await getTranslations("guide.aid");
  return (
    <>
      <h2 id="finder">{t(`ask.${of}.title`)}</h2>
      <ul className="answers">
        {questions[of].map((answer) => (
          <li key={answer}>
            <a href={placeOf(answer)}>
              {/* An answer belongs to its question, which a type for all of them cannot say. */}
              {t(`ask.${of}.choices.${answer}` as "ask.new.choices.letter")}
              <Icon name="next" small />
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

async function Help({ at }: { at: End }) {
  const t = await getTranslations("guide.aid");
  const { door, guide } = ends[at];
  return (
    <>
      <h2 id="finder">{t(`ends.${at}.title`)}</h2>
      <p>{t(`ends.${at}.text`, facts)}</p>
      <div className="actions">
        <LinkButton href={door}>{t(`ends.${at}.door`)}</LinkButton>
        <PhoneLink phone={config().agency.helpdeskPhone} />
      </div>
      {guide && <GuideLink to={guide} />}
    </>
  );
}
