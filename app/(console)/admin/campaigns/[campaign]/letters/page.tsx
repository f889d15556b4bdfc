import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Icon } from "#components/ui/icon.tsx";
import { typedBefore } from "#lib/server/sign-in/step-up.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { messages } from "#lib/text/messages.ts";
import { orMissing } from "../../../../or-missing.tsx";
import { DefinitionPage } from "../../definition/definition-page.tsx";
import { partPath } from "../../definition/definition-parts.ts";
import { viewDefinition } from "../../definition/view-definition.ts";
import { campaignPath } from "../../paths.ts";
import { letterKinds, letterLanguages } from "./fields.ts";
import { LettersForm } from "./form.tsx";
import { lettersAs } from "./letters-as.ts";

type Props = { params: Promise<{ campaign: string }>; searchParams: Promise<Record<string, unknown>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("campaigns.letters"))("title") };
}

/** What a campaign's letters say in both languages, and how they look. */
async function LettersPage({ params, searchParams }: Props) {
  const { campaign: id } = await params;
  const path = partPath(id, "letters");
  const { campaign, mayChange, may } = await viewDefinition(id, path);
  const [language, asked, typed, t] = await Promise.all([
    getLocale(),
    searchParams,
    typedBefore(path),
    getTranslations("campaigns.letters"),
  ]);
  const { campaigns, administration, form } = messages[language];
  const { letters } = campaigns;
  return (
    <DefinitionPage
      campaign={campaign}
      part="letters"
      heading={letters.title}
      lead={letters.lead}
      mayChange={mayChange}
      asked={asked}
    >
      <LettersForm
        campaignId={campaign.id}
        now={lettersAs(campaign)}
        version={campaign.version}
        readOnly={!mayChange || may === "over"}
        begin={{ values: typed ?? {}, errors: {} }}
        words={{ ...letters, ...administration.common }}
        cancelTo={campaignPath(campaign.id)}
        summary={{ one: form.errorOne, many: form.errorMany }}
      />
      <section className="card definition-saved" aria-labelledby="saved">
        <h2 className="h3" id="saved">
          {letters.savedHeading}
        </h2>
        <p>{letters.savedText}</p>
        {letterKinds.flatMap((kind) =>
          letterLanguages.map((inLanguage) => {
            const name = t("frame", { kind: letters[kind], language: letters[inLanguage] });
            const address = `${path}/${kind}.${inLanguage}`;
            return (
              <details key={address}>
                <summary>
                  {name}
                  <Icon name="down" />
                </summary>
                <iframe
                  src={address}
                  title={name}
                  sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox"
                  loading="lazy"
                />
                <p>
                  <a href={address} target="_blank" rel="noopener">
                    {letters.open}
                  </a>
                </p>
              </details>
            );
          }),
        )}
      </section>
    </DefinitionPage>
  );
}

export default orMissing(LettersPage);
