import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../or-missing.tsx";
import { AdminPage } from "../../admin-page.tsx";
import { PartyForm } from "../form/party-form.tsx";
import { emptyParty } from "../form/party-values.ts";
import { LIST, pathOf } from "../paths.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("relyingParties.page"))("addTitle") };
}

async function NewPartyPage() {
  const path = pathOf("");
  await requireOfficer(path, "admin.change");
  const [language, typed] = await Promise.all([getLocale(), typedBefore(path)]);
  const { administration, relyingParties, form } = messages[language];
  const { page, list, shown } = relyingParties;
  return (
    <AdminPage heading={page.addTitle} lead={page.addLead} above={{ href: LIST, name: list.title }} mayChange>
      <PartyForm
        partyId=""
        now={emptyParty}
        version={0}
        readOnly={false}
        begin={{ values: typed ?? {}, errors: {} }}
        words={{
          ...relyingParties.form,
          save: page.addSubmit,
          saving: page.adding,
          cancel: administration.common.cancel,
        }}
        shown={shown}
        cancelTo={LIST}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
    </AdminPage>
  );
}

export default orMissing(NewPartyPage);
