import type { ReactNode } from "react";
import { Done } from "#app/(account)/settings/done.tsx";
import { Callout } from "#components/ui/callout.tsx";
import { getTranslations } from "#lib/text/get-translations.ts";
import { ConsoleFrame } from "../console-frame.tsx";

type AdminPageProps = {
  heading: string;
  lead: string;
  /** Between the overview and this page. */
  above?: { href: string; name: string };
  mayChange: boolean;
  /** The overview itself. */
  top?: boolean;
  /** What has just been done, in words. */
  done?: ReactNode;
  beside?: ReactNode;
  children: ReactNode;
};

/** A page below the administration's overview: the way to it, what was just done, and that an auditor only looks. */
export async function AdminPage({ heading, lead, above, mayChange, top, done, beside, children }: AdminPageProps) {
  const t = await getTranslations("administration.overview");
  return (
    <ConsoleFrame
      here="admin"
      above={top ? [] : [{ href: "/admin", name: t("title") }, ...(above ? [above] : [])]}
      heading={heading}
      lead={lead}
      beside={beside}
    >
      {done && <Done words={done} />}
      {!mayChange && (
        <div className="admin-note">
          <Callout icon="eye">{t("readOnly")}</Callout>
        </div>
      )}
      <div className="admin-body">{children}</div>
    </ConsoleFrame>
  );
}
