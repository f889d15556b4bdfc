import { getLocale, getTranslations } from "next-intl/server";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import type { Counts } from "#lib/staff-register/import/count-rows.ts";
import { isMany } from "#lib/staff-register/import/decide-import.ts";
import { messages } from "#lib/text/messages.ts";
import { importPath } from "../paths.ts";
import { ApplyForm } from "./apply-form.tsx";

/** What is chosen before a file is applied. */
export async function ApplyCard({ id, counts }: { id: string; counts: Counts }) {
  const [t, language, typed] = await Promise.all([
    getTranslations("staffRegister.apply"),
    getLocale(),
    typedBefore(importPath(id)),
  ]);
  const { form, staffRegister } = messages[language];
  const { opensOn, opensHint, suspendsOn, suspendsHint, submit, submitting } = staffRegister.apply;
  return (
    <section className="card" aria-labelledby="apply">
      <h2 id="apply">{t("heading")}</h2>
      <ApplyForm
        id={id}
        hasMissing={counts.missing > 0}
        typed={typed ?? {}}
        words={{ opensOn, opensHint, suspendsOn, suspendsHint, submit, submitting }}
        many={isMany(counts) ? t("many", { missing: counts.missing, listed: counts.listed }) : null}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
    </section>
  );
}
