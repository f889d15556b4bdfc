import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { Table } from "#components/ui/table.tsx";
import { listQuestions } from "#lib/administration/questions/list-questions.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { doneOf } from "../../done-of.ts";
import { orMissing } from "../../or-missing.tsx";
import { AdminPage } from "../admin-page.tsx";
import { viewAdmin } from "../view-admin.ts";

const PATH = "/admin/questions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("administration.questions"))("title") };
}

/** The bank people choose their security questions from, in both languages. */
async function QuestionsPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const { ctx, mayChange } = await viewAdmin(PATH);
  const [language, { done, refused }, bank] = await Promise.all([getLocale(), searchParams, listQuestions(ctx)]);
  const { questions: words, conflict } = messages[language].administration;
  const [first, second] = language === "ms" ? (["textMs", "textEn"] as const) : (["textEn", "textMs"] as const);
  const other = language === "ms" ? words.en : words.ms;
  return (
    <AdminPage
      heading={words.title}
      lead={words.lead}
      mayChange={mayChange}
      done={doneOf(words.done, done)}
      beside={
        mayChange && (
          <LinkButton href={`${PATH}/new`} icon="plus">
            {words.add}
          </LinkButton>
        )
      }
    >
      {refused === "changed_meanwhile" && (
        <div role="alert">
          <Callout tone="warn">{conflict.heading}</Callout>
        </div>
      )}
      <section className="card" aria-label={words.title}>
        <Table
          heads={[words.title, other, words.state]}
          rows={bank.map((question) => ({
            key: question.id,
            cells: [
              <a key="question" href={`${PATH}/${question.id}`}>
                {question[first]}
              </a>,
              <span key="other" lang={language === "ms" ? "en" : "ms"}>
                {question[second]}
              </span>,
              <span key="state" className="admin-badges">
                {question.retired ? (
                  <Badge icon="cross">{words.retired}</Badge>
                ) : (
                  <Badge tone="ok" icon="check">
                    {words.offered}
                  </Badge>
                )}
                {question.answered && <Badge icon="lock">{words.answered}</Badge>}
              </span>,
            ],
          }))}
        />
      </section>
    </AdminPage>
  );
}

export default orMissing(QuestionsPage);
