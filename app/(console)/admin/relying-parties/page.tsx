import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Field } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { Badge } from "#components/ui/badge.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { Chip } from "#components/ui/chip.tsx";
import { SystemMark } from "#components/ui/system-mark.tsx";
import { Table } from "#components/ui/table.tsx";
import { type ListedRelyingParty, listRelyingParties } from "#lib/relying-party/registration/list-relying-parties.ts";
import { usesSecret } from "#lib/relying-party/registration/registration.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../or-missing.tsx";
import { AdminPage } from "../admin-page.tsx";
import { viewAdmin } from "../view-admin.ts";
import { LIST, pathOf } from "./paths.ts";

const SOUGHT_MAX = 100;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("relyingParties.list"))("title") };
}

/** Every system, or those whose name, category or owner holds what is looked for. */
async function PartiesPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const { ctx, mayChange } = await viewAdmin(LIST);
  const [language, { q }, parties] = await Promise.all([getLocale(), searchParams, listRelyingParties(ctx)]);
  const { list } = messages[language].relyingParties;
  const sought = typeof q === "string" ? q.slice(0, SOUGHT_MAX).trim() : "";
  const found = parties.filter(({ name, category, owner }) =>
    [name, category, owner].some((said) => said?.toLowerCase().includes(sought.toLowerCase())),
  );
  const add = mayChange && (
    <LinkButton href={pathOf("")} icon="plus">
      {list.add}
    </LinkButton>
  );
  return (
    <AdminPage heading={list.title} lead={list.lead} mayChange={mayChange} beside={parties.length > 0 && add}>
      <section className="card" aria-label={list.title}>
        {parties.length === 0 ? (
          <div className="empty">
            <Chip icon="box" />
            <h2 className="h3">{list.none}</h2>
            <p>{list.noneText}</p>
            {add}
          </div>
        ) : (
          <>
            <form className="admin-find" action={LIST} method="get">
              <Field name="q" type="search" label={list.find} defaultValue={sought} maxLength={SOUGHT_MAX} />
              <Submit variant="second" busy={list.finding}>
                {list.findSubmit}
              </Submit>
            </form>
            {found.length === 0 ? <p>{list.findNone}</p> : <PartyTable parties={found} />}
          </>
        )}
        {sought !== "" && (
          <p className="admin-link">
            <a href={LIST}>{list.all}</a>
          </p>
        )}
      </section>
    </AdminPage>
  );
}

async function PartyTable({ parties }: { parties: readonly ListedRelyingParty[] }) {
  const [t, levels] = await Promise.all([getTranslations("relyingParties.list"), getTranslations("sessions.levels")]);
  return (
    <Table
      heads={[t("system"), t("who"), t("level"), t("state")]}
      rows={parties.map((party) => ({
        key: party.id,
        cells: [
          <span key="system" className="party-name">
            <SystemMark system={party} />
            <span>
              <a href={pathOf(party.id)}>{party.name}</a>
              {party.owner && <span className="muted">{party.owner}</span>}
            </span>
          </span>,
          party.openToAll ? t("everybody") : t("roles", { count: party.roles }),
          levels(party.minimumLevel),
          <State key="state" party={party} />,
        ],
      }))}
    />
  );
}

async function State({ party }: { party: ListedRelyingParty }) {
  const t = await getTranslations("relyingParties.list");
  if (party.disabledAt !== null) return <Badge icon="cross">{t("off")}</Badge>;
  if (usesSecret(party) && party.secrets === 0)
    return (
      <Badge tone="warn" icon="warn">
        {t("noSecret")}
      </Badge>
    );
  return (
    <Badge tone="ok" icon="check">
      {t("on")}
    </Badge>
  );
}

export default orMissing(PartiesPage);
