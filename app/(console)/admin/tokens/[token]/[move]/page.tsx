import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getLocale } from "next-intl/server";
import { Callout } from "#components/ui/callout.tsx";
import { NOTE_MAX } from "#lib/campaign/tokens/note-max.ts";
import { findToken } from "#lib/campaign/tokens/register/find-token.ts";
import { requireOfficer } from "#lib/server/request/current-officer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { ConsoleFrame } from "../../../../console-frame.tsx";
import { orMissing } from "../../../../or-missing.tsx";
import { movePath, TOKENS_PATH, tokenPath } from "../../paths.ts";
import { TokenStateBadge } from "../../token-state.tsx";
import { movesOf, tokenDeedOf } from "../moves.ts";
import { MoveForm } from "./form.tsx";

type PageProps = { params: Promise<{ token: string; move: string }> };

export async function generateMetadata({ params }: PageProps): Promise<Metadata> {
  const deed = tokenDeedOf((await params).move);
  return deed ? { title: (await getTranslations("hardwareTokens"))(`deeds.${deed}.title`) } : {};
}

/** One thing that is done with a token: what comes of it, and the button that does it. */
async function MovePage({ params }: PageProps) {
  const { token: id, move } = await params;
  const deed = tokenDeedOf(move) ?? notFound();
  const [{ ctx, officer }, language, t] = await Promise.all([
    requireOfficer(movePath(id, deed), "token.handle"),
    getLocale(),
    getTranslations("hardwareTokens"),
  ]);
  const token = (await findToken(ctx, officer, id)) ?? notFound();
  const { form, hardwareTokens } = messages[language];
  const back = { href: tokenPath(id), words: t("form.back") };
  return (
    <ConsoleFrame
      here="campaigns"
      above={[
        { href: TOKENS_PATH, name: t("heading") },
        { href: tokenPath(id), name: token.serial },
      ]}
      heading={t(`deeds.${deed}.title`)}
      lead={`${token.serial} · ${token.holder.fullName}`}
      beside={<TokenStateBadge state={token.state} />}
    >
      <div className="cards">
        {!token.mayHandle || !movesOf(token.state).includes(deed) ? (
          <Callout
            action={
              <p className="mt-3">
                <a href={back.href}>{back.words}</a>
              </p>
            }
          >
            {t(token.mayHandle ? "refused.not_movable" : "refused.outranked")}
          </Callout>
        ) : (
          <>
            <section className="card narrow" aria-labelledby="comes">
              <h2 className="h4" id="comes">
                {messages[language].actions.whatComes}
              </h2>
              <ul className="bullets">
                {hardwareTokens.deeds[deed].comes.map((line) => (
                  <li key={line}>{line}</li>
                ))}
              </ul>
            </section>
            <MoveForm
              tokenId={id}
              deed={deed}
              seen={token.state}
              back={back}
              words={{
                submit: t(`deeds.${deed}.submit`),
                busy: t("form.busy"),
                condition: t("form.condition"),
                conditionHint: t("form.conditionHint", { max: NOTE_MAX }),
                reason: hardwareTokens.form.reason,
              }}
              summary={{ one: form.errorOne, many: form.errorMany }}
            />
          </>
        )}
      </div>
    </ConsoleFrame>
  );
}

export default orMissing(MovePage);
