import type { Way } from "#lib/sign-in/what-completes.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { type Card, type Doors, MethodCard } from "./method-card.tsx";

const cardsOf: Record<Way, readonly Card[]> = {
  passkey_verified: ["passkey", "otherDevice"],
  totp: ["totp"],
  password: ["password"],
  recovery_code: ["recovery"],
  email_code: ["email"],
};

type Props = {
  ways: readonly Way[];
  doors: Doors;
  /** The first stands out. */
  recommend?: boolean;
};

/** The ways of somebody who is known by now. */
export async function WayCards({ ways, doors, recommend = false }: Props) {
  const t = await getTranslations("method");
  return (
    <ul className="methods">
      {ways
        .flatMap((way) => cardsOf[way])
        .map((method, place) => {
          const badge = recommend && place === 0 ? t("recommended") : undefined;
          return (
            <li key={method} className={badge && "best"}>
              <MethodCard method={method} badge={badge} doors={doors} />
            </li>
          );
        })}
    </ul>
  );
}
