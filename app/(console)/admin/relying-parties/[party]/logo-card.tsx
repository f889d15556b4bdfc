import { getTranslations } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import type { ReadRelyingParty } from "#lib/relying-party/registration/list-relying-parties.ts";
import { removeLogo } from "./actions.ts";

type LogoCardProps = {
  party: ReadRelyingParty;
  mayChange: boolean;
  /** Why the last file was not taken, in words. */
  refused: string | undefined;
};

/** The logo goes up as an ordinary form with a file, to an address of its own, as the agency's crest does. */
export async function LogoCard({ party, mayChange, refused }: LogoCardProps) {
  const t = await getTranslations("relyingParties.logo");
  return (
    <section className="card" aria-labelledby="logo-title">
      <h2 className="h3" id="logo-title">
        {t("heading")}
      </h2>
      {refused && (
        <div role="alert">
          <Callout tone="bad">{refused}</Callout>
        </div>
      )}
      {party.hasLogo ? (
        // biome-ignore lint/performance/noImgElement: the system's own file, served as it is
        <img
          className="admin-crest"
          src={`/systems/${party.id}/logo?v=${party.version}`}
          alt={t("now")}
          width={96}
          height={96}
        />
      ) : (
        <p>{t("none")}</p>
      )}
      {mayChange && (
        <>
          <form action="/api/system-logo" method="post" encType="multipart/form-data" className="admin-crest-form">
            <input type="hidden" name="system" value={party.id} />
            <input type="hidden" name="version" value={party.version} />
            <div className="field">
              <label className="label" htmlFor="logo">
                {t("file")}
              </label>
              <p className="hint" id="logo-hint">
                {t("text")}
              </p>
              <input
                className="input"
                id="logo"
                name="logo"
                type="file"
                accept="image/png"
                aria-describedby="logo-hint"
                {...(refused && { "aria-invalid": true })}
              />
            </div>
            <div className="actions">
              <Button variant="second">{t("submit")}</Button>
            </div>
          </form>
          {party.hasLogo && (
            <form action={removeLogo}>
              <input type="hidden" name="party" value={party.id} />
              <input type="hidden" name="version" value={party.version} />
              <Submit variant="quiet" busy={t("removing")}>
                {t("remove")}
              </Submit>
            </form>
          )}
        </>
      )}
    </section>
  );
}
