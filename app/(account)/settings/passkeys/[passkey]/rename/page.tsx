import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { orElse } from "#app/or-else.tsx";
import { LinkButton } from "#components/ui/button.tsx";
import { NAME_MAX } from "#lib/authenticators/passkey/name-passkey.ts";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { SettingsFrame } from "../../../settings-frame.tsx";
import { requireOwnPasskey } from "../../own-passkey.ts";
import { listPath, renamePath } from "../../paths.ts";
import NoSuchPasskey from "../not-found.tsx";
import { RenameForm } from "./form.tsx";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("passkeys.renaming"))("title") };
}

async function RenamePasskeyPage({ params }: { params: Promise<{ passkey: string }> }) {
  const { passkey: passkeyId } = await params;
  const path = renamePath(passkeyId);
  const [{ passkey }, language, typed] = await Promise.all([
    requireOwnPasskey(path, passkeyId),
    getLocale(),
    typedBefore(path),
  ]);
  const { form, passkeys } = messages[language];
  return (
    <SettingsFrame here="passkeys">
      <section className="card">
        <RenameForm
          passkeyId={passkey.id}
          name={typed?.name ?? passkey.name}
          max={NAME_MAX}
          words={passkeys.renaming}
          summary={{ one: form.errorOne, many: form.errorMany }}
          cancel={
            <LinkButton variant="quiet" href={listPath}>
              {passkeys.renaming.cancel}
            </LinkButton>
          }
        >
          <h1>{passkeys.renaming.heading}</h1>
        </RenameForm>
      </section>
    </SettingsFrame>
  );
}

export default orElse(NoSuchPasskey)(RenamePasskeyPage);
