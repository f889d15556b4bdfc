import { type Frame, Layout } from "./layout.tsx";
import { type Call, type Door, MainButton, Note, PlainLink, Rule, Words } from "./parts.tsx";

export type NoticeLetterProps = {
  frame: Frame;
  preview: string;
  heading: string;
  greeting: string;
  lead: string;
  /** Null where there is nothing that its reader could open. */
  button: { words: string; href: string } | null;
  plainLink: { title: string; text: string };
  when: { title: string; text: string };
  notYou: { title: string; text: string; call: Call; door?: Door };
};

export function NoticeLetter(props: NoticeLetterProps) {
  return (
    <Layout frame={props.frame} preview={props.preview} heading={props.heading}>
      <Words>{props.greeting}</Words>
      <Words>{props.lead}</Words>
      {props.button && (
        <>
          <MainButton href={props.button.href}>{props.button.words}</MainButton>
          <PlainLink {...props.plainLink} href={props.button.href} />
        </>
      )}
      <Rule />
      <Note {...props.when} />
      <Note {...props.notYou} first />
    </Layout>
  );
}
