import { getTranslations } from "next-intl/server";
import { Submit } from "#components/form/submit.tsx";
import { Button } from "#components/ui/button.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { removeCrest } from "./actions.ts";

type CrestCardProps = {
  /** A path of this portal; absent: the portal's own mark. */
  logo: string | undefined;
  /** One that was uploaded here, and so can be taken away here. */
  uploaded: boolean;
  version: number;
  readOnly: boolean;
  /** Why the last file was not taken, in words. */
  refused: string | undefined;
};

/**
 * The crest goes up as an ordinary form with a file, to an address of its own: server actions take no files here, and it works
 * without JavaScript.
 */
export async function CrestCard({ logo, uploaded, version, readOnly, refused }: CrestCardProps) {
  const t = await getTranslations("administration.look");
  return (
    <section className="card" aria-labelledby="crest-title">
      <h2 className="h3" id="crest-title">
        {t("crest")}
      </h2>
      {refused && (
        <div role="alert">
          <Callout tone="bad">{refused}</Callout>
        </div>
      )}
      {logo ? (
        // biome-ignore lint/performance/noImgElement: the agency's own file, served as it is
        <img className="admin-crest" src={logo} alt={t("crestNow")} width={96} height={96} />
      ) : (
        <p>{t("crestNone")}</p>
      )}
      {!readOnly && (
        <>
          <form action="/api/agency-crest" method="post" encType="multipart/form-data" className="admin-crest-form">
            <input type="hidden" name="version" value={version} />
            <div className="field">
              <label className="label" htmlFor="crest">
                {t("crestFile")}
              </label>
              <p className="hint" id="crest-hint">
                {t("crestText")}
              </p>
              <input
                className="input"
                id="crest"
                name="crest"
                type="file"
                accept="image/png"
                aria-describedby="crest-hint"
                {...(refused && { "aria-invalid": true })}
              />
            </div>
            <div className="actions">
              <Button variant="second">{t("crestSubmit")}</Button>
            </div>
          </form>
          {uploaded && (
            <form action={removeCrest}>
              <input type="hidden" name="version" value={version} />
              <Submit variant="quiet" busy={t("crestRemoving")}>
                {t("crestRemove")}
              </Submit>
            </form>
          )}
        </>
      )}
    </section>
  );
}
