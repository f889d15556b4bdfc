import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Chip } from "#components/ui/chip.tsx";
import type { IconName } from "#components/ui/icon.tsx";
import { listAllOffices } from "#lib/administration/offices/list-offices.ts";
import { listQuestions } from "#lib/administration/questions/list-questions.ts";
import { lastChanges } from "#lib/administration/settings/read-settings.ts";
import { holds } from "#lib/office/roles/rights.ts";
import { listRelyingParties } from "#lib/relying-party/registration/list-relying-parties.ts";
import { announcementsAt } from "#lib/server/chosen/in-force.ts";
import { config } from "#lib/server/config.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { domainsInWords } from "#lib/text/refusal-words.ts";
import { orMissing } from "../or-missing.tsx";
import { AdminPage } from "./admin-page.tsx";
import { LastChanged } from "./last-changed.tsx";
import { viewAdmin } from "./view-admin.ts";

const PATH = "/admin";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("administration.overview"))("title") };
}

type Tile = { href: string; icon: IconName; name: string; text: string; changed?: string };

/** What can be chosen for the portal, with how it stands now. */
async function AdminPageOverview() {
  const { ctx, officer, mayChange } = await viewAdmin(PATH);
  const [language, t, offices, bank, parties, changes] = await Promise.all([
    getLocale(),
    getTranslations("administration.overview"),
    listAllOffices(ctx),
    listQuestions(ctx),
    listRelyingParties(ctx),
    lastChanges(ctx),
  ]);
  const { policy } = messages[language].administration;
  const { agency, emailDomains, passwordPolicy, registration } = config();
  const open = parties.filter(({ disabledAt }) => disabledAt === null).length;
  const retired = offices.filter(({ retiredAt }) => retiredAt !== null).length;
  const groups: { name: string; tiles: Tile[] }[] = [
    {
      name: t("groups.people"),
      tiles: [
        {
          href: "/admin/offices",
          icon: "office",
          name: t("tiles.offices.name"),
          text: t("tiles.offices.text", { offered: offices.length - retired, retired }),
        },
        { href: "/admin/roles", icon: "user", name: t("tiles.roles.name"), text: t("tiles.roles.text") },
        ...(holds(officer, "register.import")
          ? [
              {
                href: "/admin/staff-register",
                icon: "list" as const,
                name: t("tiles.register.name"),
                text: t("tiles.register.text"),
              },
            ]
          : []),
      ],
    },
    {
      name: t("groups.systems"),
      tiles: [
        {
          href: "/admin/relying-parties",
          icon: "box",
          name: t("tiles.systems.name"),
          text: t("tiles.systems.text", { open, off: parties.length - open }),
        },
      ],
    },
    {
      name: t("groups.rules"),
      tiles: [
        {
          href: "/admin/policy",
          icon: "shield",
          name: t("tiles.policy.name"),
          text: t("tiles.policy.text", {
            password: policy[passwordPolicy],
            registration: t(registration === "open" ? "registrationOpen" : "registrationClosed"),
          }),
          changed: "policy",
        },
        {
          href: "/admin/domains",
          icon: "mail",
          name: t("tiles.domains.name"),
          text: domainsInWords(language, emailDomains),
          changed: "domains",
        },
        {
          href: "/admin/questions",
          icon: "quote",
          name: t("tiles.questions.name"),
          text: t("tiles.questions.text", { offered: bank.filter((question) => !question.retired).length }),
        },
      ],
    },
    {
      name: t("groups.face"),
      tiles: [
        {
          href: "/admin/announcements",
          icon: "flag",
          name: t("tiles.announcements.name"),
          text: t("tiles.announcements.text", { shown: announcementsAt(ctx.now()).length }),
        },
        {
          href: "/admin/look",
          icon: "contrast",
          name: t("tiles.look.name"),
          text: language === "ms" ? agency.nameMs : agency.nameEn,
          changed: "look",
        },
      ],
    },
  ];
  return (
    <AdminPage top heading={t("title")} lead={t("lead")} mayChange={mayChange}>
      {groups.map(({ name, tiles }) => (
        <section key={name} aria-label={name}>
          <h2 className="h3 admin-group">{name}</h2>
          <ul className="admin-tiles">
            {tiles.map((tile) => (
              <li className="card admin-tile" key={tile.href}>
                <Chip icon={tile.icon} tone="plain" />
                <div>
                  <h3 className="h4">
                    <a href={tile.href}>{tile.name}</a>
                  </h3>
                  <p>{tile.text}</p>
                  {tile.changed && <LastChanged changed={changes[tile.changed]} />}
                </div>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </AdminPage>
  );
}

export default orMissing(AdminPageOverview);
