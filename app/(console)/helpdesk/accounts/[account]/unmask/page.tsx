import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { UNMASKED_FOR } from "#lib/helpdesk/actions/unmask-identity.ts";
import { findPerson } from "#lib/helpdesk/find-person.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../../or-missing.tsx";
import { accountPath, unmaskPath } from "../paths.ts";
import { PersonFrame } from "../person-frame.tsx";
import { UnmaskForm } from "./form.tsx";

type PageProps = { params: Promise<{ account: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("actions"))("unmask.title") };
}

/** The identity number in full, for a minute and a reason. */
async function UnmaskPage({ params }: PageProps) {
  const { account: id } = await params;
  const [{ ctx, officer }, language, t] = await Promise.all([
    requireOfficer(unmaskPath(id), "identity.unmask"),
    getLocale(),
    getTranslations("actions.unmask"),
  ]);
  const person = await findPerson(ctx, officer, "identity.unmask", id);
  if (!person) notFound();
  const typed = await typedBefore(unmaskPath(id));
  const { actions, console: desk, form } = messages[language];
  const { submit, now, wanted, left, hidden } = actions.unmask;
  return (
    <PersonFrame person={person} heading={t("title")}>
      <div className="cards">
        <p className="narrow">{t("text")}</p>
        <UnmaskForm
          accountId={person.id}
          typed={typed?.reason ?? ""}
          backTo={accountPath(person.id)}
          seconds={UNMASKED_FOR / 1_000}
          words={{
            submit,
            now,
            wanted,
            left,
            hidden,
            submitting: actions.submitting,
            back: actions.back,
            reason: desk.reason,
          }}
          summary={{ one: form.errorOne, many: form.errorMany }}
        />
      </div>
    </PersonFrame>
  );
}

export default orMissing(UnmaskPage);
