import { SignInPanel } from "#components/layout/sign-in-panel.tsx";
import { SystemHead } from "#components/layout/system-head.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import type { OnWay } from "./on-way.ts";

type Props = OnWay & {
  /** They turned back: the system is told so. */
  isBack: boolean;
};

/**
 * Leads on by itself. A page and no redirect: whoever arrives here from a form may not be redirected to another origin (the
 * portal's `form-action` is its own), and the provider leads there.
 */
export async function GoOn({ uid, system, isBack }: Props) {
  const t = await getTranslations("interaction");
  const onward = `/oidc/auth/${uid}`;
  const { name } = system;
  return (
    <SignInPanel>
      <meta httpEquiv="refresh" content={`0;url=${onward}`} />
      <SystemHead system={system} lead={t("head")} />
      <h1>{t(isBack ? "goOn.headingBack" : "goOn.heading", { system: name })}</h1>
      <p className="lead" role="status">
        {t("goOn.lead")}
      </p>
      <div className="actions">
        <LinkButton block href={onward}>
          {t("goOn.submit", { system: name })}
        </LinkButton>
      </div>
    </SignInPanel>
  );
}
