import { type Frame, Layout } from "./layout.tsx";
import { BigCode, type Call, MainButton, Note, PlainLink, Rule, Words } from "./parts.tsx";

export type EmailCodeLetterProps = {
  frame: Frame;
  preview: string;
  heading: string;
  greeting: string;
  lead: string;
  digits: string;
  validity: string;
  newest: string;
  button: { words: string; href: string };
  plainLink: { title: string; text: string };
  who: { title: string; text: string };
  notYou: { title: string; text: string; call: Call };
};

/** The code first and large: its reader types it into a page that is open elsewhere. */
export function EmailCodeLetter(props: EmailCodeLetterProps) {
  return (
    <Layout frame={props.frame} preview={props.preview} heading={props.heading}>
      <Words>{props.greeting}</Words>
      <Words>{props.lead}</Words>
      <BigCode>{props.digits}</BigCode>
      <Words>
        <strong>{props.validity}</strong> {props.newest}
      </Words>
      <MainButton href={props.button.href}>{props.button.words}</MainButton>
      <PlainLink {...props.plainLink} href={props.button.href} />
      <Rule />
      <Note {...props.who} />
      <Note {...props.notYou} />
    </Layout>
  );
}
