import type { Unreturned } from "#lib/campaign/tokens/register/unreturned.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { TOKENS_PATH } from "../../paths.ts";
import type { Seen } from "./seen.ts";

const shows = { ofLeavers: "leaver", toHandBack: "hand_back", lost: "lost" } as const satisfies Record<
  keyof Unreturned,
  string
>;
const words = { ofLeavers: "tokensLeavers", toHandBack: "tokensBack", lost: "tokensLost" } as const;

/** Tokens of the officer's offices that are still to come back; nothing where there are none. */
export async function OldTokens({ figures, tokens }: Seen & { tokens: Unreturned }) {
  const t = await getTranslations("campaignBoard.board");
  const kinds = (Object.keys(shows) as (keyof Unreturned)[]).filter((kind) => tokens[kind] > 0);
  if (kinds.length === 0) return null;
  return (
    <section className="card" aria-labelledby="old-tokens">
      <h2 className="h3" id="old-tokens">
        {t("tokens")}
      </h2>
      <ul className="necks">
        {kinds.map((kind) => (
          <li className="neck" key={kind}>
            <span className="n">{figures.number(tokens[kind])}</span>
            <p>
              <a href={`${TOKENS_PATH}?state=${shows[kind]}`}>{t(words[kind])}</a>
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
