import { Icon } from "#components/ui/icon.tsx";
import type { Enrolled } from "#lib/assurance/enrolled.ts";
import type { Policy } from "#lib/kernel/context.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { waysLeft } from "./ways-left.ts";

type WaysLeftProps = {
  left: Enrolled;
  policy: Pick<Policy, "twoFactors">;
  /** Names of the passkeys that are left, where one of several goes. */
  passkeys?: readonly string[];
};

/** Before something is removed: what one signs in with from then on. */
export async function WaysLeft({ left, policy, passkeys = [] }: WaysLeftProps) {
  const t = await getTranslations("settings.waysLeft");
  return (
    <div className="mt-3">
      <p>
        <strong>{t("heading")}</strong>
      </p>
      <ul className="ways-left">
        {waysLeft(left, policy).map((way) => (
          <li key={way}>
            <Icon name="tick-circle" className="i-ok" />
            {t(way)}
            {way === "withPasskeys" && passkeys.length > 0 && `: ${passkeys.join(", ")}`}
          </li>
        ))}
      </ul>
    </div>
  );
}
