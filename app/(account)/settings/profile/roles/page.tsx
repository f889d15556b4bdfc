import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { describedBy, FieldError } from "#components/form/field.tsx";
import { Submit } from "#components/form/submit.tsx";
import { type IctRole, offeredIctRoles } from "#lib/account/profile/change-ict-roles.ts";
import { findProfile } from "#lib/account/profile/find-profile.ts";
import { requireSession } from "#lib/server/request/current-session.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { PageHead } from "../../page-head.tsx";
import { SettingsFrame } from "../../settings-frame.tsx";
import { WrongChoice } from "../../wrong-choice.tsx";
import { BackToProfile } from "../back-to-profile.tsx";
import { saveRoles } from "./actions.ts";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("profile.rolesPage"))("title") };
}

export default async function RolesPage({ searchParams }: { searchParams: Promise<Record<string, unknown>> }) {
  const [{ ctx, session }, language, t, profileWords, { wrong }] = await Promise.all([
    requireSession("/settings/profile/roles"),
    getLocale(),
    getTranslations("profile.rolesPage"),
    getTranslations("profile"),
    searchParams,
  ]);
  const [{ roles }, offered] = await Promise.all([findProfile(ctx, session.accountId), offeredIctRoles(ctx)]);
  const nameOf = (role: IctRole) => (language === "ms" ? role.nameMs : role.nameEn);
  const held = new Set(roles.map(({ id }) => id));
  const former = roles.filter(({ id }) => !offered.some((role) => role.id === id));
  const error = wrong === undefined ? undefined : t("wrong");
  return (
    <SettingsFrame here="profile">
      {error && <WrongChoice field="roles" message={error} />}
      <PageHead heading={t("title")} lead={t("lead")} />
      <form className="card" action={saveRoles}>
        <fieldset className={`field${error ? " has-error" : ""}`} {...describedBy("roles", t("hint"), error)}>
          <legend className="label">{t("legend")}</legend>
          <p className="hint" id="roles-hint">
            {t("hint")}
          </p>
          {error && <FieldError id="roles">{error}</FieldError>}
          <div className="choices roles">
            {offered.map((role, place) => (
              <label className="choice" key={role.id}>
                <input
                  type="checkbox"
                  name="roles"
                  id={place === 0 ? "roles" : `roles-${role.id}`}
                  value={role.id}
                  defaultChecked={held.has(role.id)}
                />
                {nameOf(role)}
              </label>
            ))}
          </div>
        </fieldset>
        {former.length > 0 && (
          <p className="muted mt-3">
            {t("former", { roles: new Intl.ListFormat(language).format(former.map(nameOf)) })}
          </p>
        )}
        <div className="actions">
          <Submit busy={profileWords("saving")}>{profileWords("save")}</Submit>
        </div>
      </form>
      <BackToProfile />
    </SettingsFrame>
  );
}
