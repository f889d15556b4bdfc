import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { readRelyingParty } from "#lib/relying-party/registration/list-relying-parties.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../../../or-missing.tsx";
import { AdminPage } from "../../../../admin-page.tsx";
import { pathOf, rolePath } from "../../../paths.ts";
import { RoleForm } from "../form.tsx";

type Props = { params: Promise<{ party: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("relyingParties.roles"))("addTitle") };
}

async function NewRolePage({ params }: Props) {
  const { party: id } = await params;
  const path = rolePath(id, "");
  const { ctx } = await requireOfficer(path, "admin.change");
  const party = (await readRelyingParty(ctx, id)) ?? notFound();
  const [language, typed] = await Promise.all([getLocale(), typedBefore(path)]);
  const { administration, relyingParties, form } = messages[language];
  const { roles } = relyingParties;
  return (
    <AdminPage
      heading={roles.addTitle}
      lead={roles.addLead}
      above={{ href: pathOf(party.id), name: party.name }}
      mayChange
    >
      <RoleForm
        partyId={party.id}
        roleId=""
        now={{ key: "", nameMs: "", nameEn: "" }}
        version={party.version}
        begin={{ values: typed ?? {}, errors: {} }}
        words={{ ...roles, save: roles.addSubmit, saving: roles.adding, cancel: administration.common.cancel }}
        cancelTo={pathOf(party.id)}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
    </AdminPage>
  );
}

export default orMissing(NewRolePage);
