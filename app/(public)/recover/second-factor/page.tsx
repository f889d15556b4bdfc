import type { Metadata } from "next";
import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Icon } from "#components/ui/icon.tsx";
import { telephoneHref } from "#lib/kernel/telephone.ts";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { CallHelpdesk } from "../call-helpdesk.tsx";
import { Ladder } from "./ladder.tsx";
import { type Answer, before, no, type Question, questions, type Step, stepOf, yes } from "./rungs.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("lostFactor"))("title") };
}

/** One plain question a page, the quickest way first. The same for everybody: it looks at no account. */
export default async function LostFactorPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const step = stepOf((await searchParams).ask);
  return (
    <SignInPanel wide under={<CallHelpdesk />}>
      {"question" in step ? <Ask question={step.question} /> : <Go answer={step.answer} />}
      <Ladder at={"question" in step ? step.question : step.answer} />
      <WaysOut step={step} />
    </SignInPanel>
  );
}

async function Ask({ question }: { question: Question }) {
  const t = await getTranslations("lostFactor");
  return (
    <>
      <p className="part">{t("part", { at: questions.indexOf(question) + 1, of: questions.length })}</p>
      <h1>{t(`ask.${question}.heading`)}</h1>
      <p className="lead">{t(`ask.${question}.lead`)}</p>
      <div className="yes-no">
        <LinkButton block href={yes(question)}>
          {t(`ask.${question}.yes`)}
        </LinkButton>
        <LinkButton block variant="second" href={no(question)}>
          {t(`ask.${question}.no`)}
        </LinkButton>
      </div>
      {question === "mailbox" && (
        <p className="muted">{t.rich("alsoPassword", { a: (words) => <a href="/recover">{words}</a> })}</p>
      )}
    </>
  );
}

async function Go({ answer }: { answer: Answer }) {
  const t = await getTranslations("lostFactor");
  const phone = config().agency.helpdeskPhone;
  return (
    <>
      <h1>{t(`answer.${answer}.heading`)}</h1>
      <p className="lead took">
        <Icon name="clock" small />
        {t(`answer.${answer}.time`)}
      </p>
      <ol className="tips mt-6">
        {(["one", "two", "three"] as const).map((step) => (
          <li key={step}>
            <span>{t(`answer.${answer}.steps.${step}`, { phone })}</span>
          </li>
        ))}
      </ol>
      <div className="actions">
        <LinkButton
          block
          icon={answer === "helpdesk" ? "phone" : "login"}
          href={answer === "helpdesk" ? telephoneHref(phone) : "/sign-in"}
        >
          {t(`answer.${answer}.button`, { phone })}
        </LinkButton>
      </div>
    </>
  );
}

async function WaysOut({ step }: { step: Step }) {
  const t = await getTranslations("lostFactor");
  const back = before(step);
  return (
    <ul className="links">
      {"answer" in step && step.answer !== "helpdesk" && (
        <li>
          <a href={no(step.answer)}>{t("answer.notThat")}</a>
        </li>
      )}
      {back && (
        <li>
          <a href={back}>{t("back")}</a>
        </li>
      )}
      <li>
        <a href="/sign-in">{t("signIn")}</a>
      </li>
    </ul>
  );
}
