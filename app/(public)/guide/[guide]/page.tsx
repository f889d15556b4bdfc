import type { Metadata } from "next";
import { getLocale } from "next-intl/server";
import { Missing } from "#app/missing.tsx";
import { telephoneHref } from "#lib/kernel/telephone.ts";
import { answerWith } from "#lib/server/answer.ts";
import { getTranslations } from "#lib/text/get-translations.ts";
import { figures } from "../figures.ts";
import { guideNames, guides, isGuide, STEPS } from "../guides.ts";
import { Paper } from "../paper.tsx";
import { PICTURE, pictureOf } from "../pictures.ts";

type Asked = { params: Promise<{ guide: string }> };

/** The guide at this address, with what it says; null where there is none. */
async function guideAt(params: Asked["params"]) {
  const { guide: name } = await params;
  if (!isGuide(name)) return null;
  // Every guide's words have the shape of this one's (guides.ts).
  return { name, ...guides[name], t: await getTranslations(guides[name].words as "guidePasskey.here") };
}

export async function generateMetadata({ params }: Asked): Promise<Metadata> {
  const guide = await guideAt(params);
  return { title: guide ? guide.t("title") : (await getTranslations("errors"))("notFoundTitle") };
}

export default async function GuidePage({ params }: Asked) {
  const [guide, common, language] = await Promise.all([guideAt(params), getTranslations("guide"), getLocale()]);
  if (!guide) {
    answerWith(404);
    return <Missing />;
  }
  const { name, door, t } = guide;
  const to = (href: string) => (words: React.ReactNode) => <a href={href}>{words}</a>;
  const said = figures();
  const tags = {
    ...said,
    a: to(door),
    aid: to("/guide/first-aid"),
    code: to("/activate/code"),
    reset: to("/recover/code"),
    settings: to("/settings/email-otp"),
    passkey: to("/guide/passkey"),
    app: to("/guide/authenticator-app"),
    tokens: to("/settings/hardware-tokens"),
    tel: (phone: React.ReactNode) => (
      <a className="nowrap" href={telephoneHref(said.phone)}>
        {phone}
      </a>
    ),
    b: (words: React.ReactNode) => <strong>{words}</strong>,
  };
  return (
    <Paper
      title={t("title")}
      lead={t("lead")}
      place={common("number", { number: guideNames.indexOf(name) + 1, of: guideNames.length })}
      time={t("time")}
    >
      <ol className="do">
        {STEPS.map((step) => (
          <li key={step}>
            {/* Not lazy: a sheet is printed before anybody has scrolled through it, and all six are lighter than one photo. */}
            {/* biome-ignore lint/performance/noImgElement: small already, and of the right size */}
            <img src={pictureOf(name, step, language)} alt={t(`steps.${step}.alt`)} {...PICTURE} />
            <p>{t.rich(`steps.${step}.text`, tags)}</p>
          </li>
        ))}
      </ol>
      <div className="ends">
        {(["on", "stuck", "know"] as const).map((box) => (
          <section key={box}>
            <h2>{t(`${box}.title`)}</h2>
            <p>{t.rich(`${box}.text`, tags)}</p>
          </section>
        ))}
      </div>
    </Paper>
  );
}
