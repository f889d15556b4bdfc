import { type Frame, Layout } from "./layout.tsx";
import { type Call, Code, type Door, MainButton, Note, PlainLink, Rule, Words } from "./parts.tsx";

export type MailedLinkLetterProps = {
  frame: Frame;
  preview: string;
  heading: string;
  greeting: string;
  lead: string;
  button: { words: string; href: string };
  validity: string;
  newest: string;
  code: { lead: string; href: string; tail: string; digits: string };
  plainLink: { title: string; text: string };
  who: { title: string; text: string };
  notYou: { title: string; text: string; call: Call; door?: Door };
};

/** A link to open, with the code to type elsewhere: what is done next lies behind it. */
export function MailedLinkLetter(props: MailedLinkLetterProps) {
  return (
    <Layout frame={props.frame} preview={props.preview} heading={props.heading}>
      <Words>{props.greeting}</Words>
      <Words>{props.lead}</Words>
      <MainButton href={props.button.href}>{props.button.words}</MainButton>
      <Words>
        <strong>{props.validity}</strong> {props.newest}
      </Words>
      <Code lead={props.code.lead} href={props.code.href} tail={props.code.tail} code={props.code.digits} />
      <PlainLink {...props.plainLink} href={props.button.href} />
      <Rule />
      <Note {...props.who} />
      <Note {...props.notYou} />
    </Layout>
  );
}
