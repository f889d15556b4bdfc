import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../or-missing.tsx";
import { AdminPage } from "../../admin-page.tsx";
import { QuestionForm } from "../form.tsx";

const PATH = "/admin/questions/new";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("administration.questions"))("add") };
}

async function NewQuestionPage() {
  await requireOfficer(PATH, "admin.change");
  const [language, typed] = await Promise.all([getLocale(), typedBefore(PATH)]);
  const { administration, form } = messages[language];
  const { questions, common } = administration;
  return (
    <AdminPage
      heading={questions.add}
      lead={questions.addLead}
      above={{ href: "/admin/questions", name: questions.title }}
      mayChange
    >
      <QuestionForm
        questionId=""
        now={{ textMs: "", textEn: "" }}
        readOnly={false}
        begin={{ values: typed ?? {}, errors: {} }}
        words={{ ...questions, save: questions.addSubmit, saving: questions.adding, cancel: common.cancel }}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
    </AdminPage>
  );
}

export default orMissing(NewQuestionPage);
