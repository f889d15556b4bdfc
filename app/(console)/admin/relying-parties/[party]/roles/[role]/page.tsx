import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { readRelyingParty } from "#lib/relying-party/registration/list-relying-parties.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { formatDate } from "#lib/text/format-date.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../../../or-missing.tsx";
import { AdminPage } from "../../../../admin-page.tsx";
import { pathOf, rolePath } from "../../../paths.ts";
import { offerAgain, retire } from "../actions.ts";
import { RoleForm } from "../form.tsx";

type Props = { params: Promise<{ party: string; role: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("relyingParties.roles"))("role") };
}

/** One role of a system: what people call it, and whether it can be given. */
async function RolePage({ params, searchParams }: Props) {
  const { party: id, role: roleId } = await params;
  const path = rolePath(id, roleId);
  const { ctx } = await requireOfficer(path, "admin.change");
  const party = (await readRelyingParty(ctx, id)) ?? notFound();
  const role = party.roles.find((one) => one.id === roleId) ?? notFound();
  const [language, t, { refused }, typed] = await Promise.all([
    getLocale(),
    getTranslations("relyingParties.roles"),
    searchParams,
    typedBefore(path),
  ]);
  const { administration, relyingParties, form } = messages[language];
  const { roles } = relyingParties;
  return (
    <AdminPage
      heading={t("editTitle", { role: language === "ms" ? role.nameMs : role.nameEn })}
      lead={roles.editLead}
      above={{ href: pathOf(party.id), name: party.name }}
      mayChange
      beside={role.retiredAt && <Badge icon="cross">{roles.retired}</Badge>}
    >
      {refused === "changed_meanwhile" && (
        <div role="alert">
          <Callout tone="warn">{administration.conflict.heading}</Callout>
        </div>
      )}
      <RoleForm
        partyId={party.id}
        roleId={role.id}
        now={role}
        version={party.version}
        begin={{ values: typed ?? {}, errors: {} }}
        words={{ ...roles, ...administration.common }}
        cancelTo={pathOf(party.id)}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
      <section className="card" aria-labelledby="offer">
        <h2 className="h3" id="offer">
          {role.retiredAt ? roles.offerAgain : roles.retire}
        </h2>
        <p>{role.retiredAt ? t("offerText", { at: formatDate(role.retiredAt, language) }) : roles.retireText}</p>
        <form action={role.retiredAt ? offerAgain : retire} className="actions">
          <input type="hidden" name="party" value={party.id} />
          <input type="hidden" name="role" value={role.id} />
          <input type="hidden" name="version" value={party.version} />
          {role.retiredAt ? (
            <Submit variant="second" busy={roles.offering}>
              {roles.offerAgain}
            </Submit>
          ) : (
            <Submit variant="danger" busy={roles.retiring}>
              {roles.retire}
            </Submit>
          )}
        </form>
      </section>
    </AdminPage>
  );
}

export default orMissing(RolePage);
