import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { domainsInWords } from "#lib/text/refusal-words.ts";
import { orMissing } from "../../../or-missing.tsx";
import { AdminPage } from "../../admin-page.tsx";
import { OfficeForm } from "../form.tsx";

const PATH = "/admin/offices/new";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("administration.offices"))("addTitle") };
}

async function NewOfficePage() {
  const { ctx } = await requireOfficer(PATH, "admin.change");
  const [language, t, typed] = await Promise.all([
    getLocale(),
    getTranslations("administration.offices"),
    typedBefore(PATH),
  ]);
  const { administration, form } = messages[language];
  const { offices, common } = administration;
  return (
    <AdminPage
      heading={offices.addTitle}
      lead={offices.addLead}
      above={{ href: "/admin/offices", name: offices.title }}
      mayChange
    >
      <OfficeForm
        officeId=""
        now={{ code: "", name: "", address: "", domains: "" }}
        version={0}
        readOnly={false}
        begin={{ values: typed ?? {}, errors: {} }}
        words={{
          ...offices,
          ownDomainsHint: t("ownDomainsHint", { domains: domainsInWords(language, ctx.policy.emailDomains) }),
          save: offices.addSubmit,
          saving: offices.adding,
          cancel: common.cancel,
        }}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
    </AdminPage>
  );
}

export default orMissing(NewOfficePage);
