import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { bracketMatching, indentUnit, StreamLanguage, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, nextDiagnostic, previousDiagnostic, setDiagnostics } from '@codemirror/lint';
import { Annotation, Compartment, EditorState, type Extension, Transaction } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { classHighlighter } from '@lezer/highlight';
import { useEffect, useRef } from 'react';
import './code-editor.css';
import { ednMode } from './edn-mode.ts';
import { escapeHostile, HOSTILE } from './hostile-text.ts';

export type CodeLanguage = 'json' | 'edn' | 'text';

/** What is wrong in a text, or worth knowing there. Offsets count UTF-16 units; equal ones point at what follows. */
export interface CodeProblem {
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly severity: 'error' | 'warning';
}

export interface CodeEditorProps {
  readonly label: string;
  readonly language: CodeLanguage;
  readonly value: string;
  /** left out: the text can be read, selected and searched, not changed */
  readonly onChange?: (text: string) => void;
  readonly problems?: readonly CodeProblem[];
  /** id of the element that says the problems in words */
  readonly describedBy?: string;
  readonly hasLineNumbers?: boolean;
  /** lines wrap where the box ends */
  readonly isWrapped?: boolean;
}

/**
 * A text editor for code: highlighted, with problems underlined where they are, undo, and Tab left to the page. A `value`
 * that changes from outside is put in as the smallest change, so that the caret stays where it was.
 */
export function CodeEditor(props: CodeEditorProps) {
  const {
    label,
    language,
    value,
    onChange,
    problems = NONE,
    describedBy,
    hasLineNumbers = true,
    isWrapped = true,
  } = props;
  const isReadOnly = onChange === undefined;
  const box = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(onChange);
  latest.current = onChange;
  const start = useRef(value);
  // hidden and shown again it goes on where it was, with what can be undone
  const left = useRef<{ readonly as: string; readonly state: EditorState }>(undefined);
  const words = useRef(new Compartment());

  useEffect(() => {
    if (box.current === null) return;
    const as = [language, isReadOnly, hasLineNumbers, isWrapped].join();
    const before = left.current?.as === as ? left.current.state : undefined;
    const editor = new EditorView({
      parent: box.current,
      state:
        before ??
        EditorState.create({
          doc: start.current,
          extensions: [
            EditorView.cspNonce.of(pageNonce()),
            words.current.of([]),
            EditorState.lineSeparator.of('\n'),
            ...common(language),
            hasLineNumbers ? [lineNumbers(), highlightActiveLineGutter()] : [],
            isWrapped ? EditorView.lineWrapping : [],
            isReadOnly
              ? EditorState.readOnly.of(true)
              : [history(), keymap.of(historyKeymap), highlightActiveLine(), typing],
            EditorView.updateListener.of(({ docChanged, state, transactions }) => {
              if (docChanged && !transactions.some((one) => one.annotation(fromOutside)))
                latest.current?.(state.doc.toString());
            }),
          ],
        }),
    });
    view.current = editor;
    return () => {
      start.current = editor.state.doc.toString();
      left.current = { as, state: editor.state };
      editor.destroy();
      view.current = undefined;
    };
  }, [language, isReadOnly, hasLineNumbers, isWrapped]);

  useEffect(() => {
    const attributes = {
      'aria-label': label,
      // it takes the focus without, but not everybody who checks the page knows
      tabindex: '0',
      ...(describedBy === undefined ? {} : { 'aria-describedby': describedBy }),
      ...(isReadOnly ? { 'aria-readonly': 'true' } : {}),
    };
    view.current?.dispatch({
      effects: words.current.reconfigure(EditorView.contentAttributes.of(attributes)),
    });
  }, [label, describedBy, isReadOnly]);

  useEffect(() => {
    const editor = view.current;
    if (editor === undefined) return;
    const change = smallestChange(editor.state.doc.toString(), value);
    if (change !== undefined)
      editor.dispatch({ changes: change, annotations: [fromOutside.of(true), Transaction.addToHistory.of(false)] });
  }, [value]);

  useEffect(() => {
    const editor = view.current;
    if (editor !== undefined) editor.dispatch(setDiagnostics(editor.state, place(problems, editor.state.doc.length)));
  }, [problems]);

  return <div className="ce copyable" ref={box} />;
}

/**
 * Puts typed text into the state and keeps it from the page: Chromium would wrap what takes the place of highlighted text in
 * a <span> with a style, which the content security policy refuses with an error on the console.
 */
const typing = EditorView.domEventHandlers({
  beforeinput: (event, view) => {
    const [target] = event.getTargetRanges();
    // Chromium tells it only of some; the selection of the page may be ahead of the editor's by now
    const range = target ?? document.getSelection()?.getRangeAt(0);
    if (event.inputType !== 'insertText' || event.isComposing || event.data === null || range === undefined)
      return false;
    const from = view.posAtDOM(range.startContainer, range.startOffset);
    const to = view.posAtDOM(range.endContainer, range.endOffset);
    const { main } = view.state.selection;
    // of a selection that reaches beyond what is drawn, the page knows a part
    const isSelection = Math.max(main.from, view.viewport.from) === from && Math.min(main.to, view.viewport.to) === to;
    const place = isSelection ? { from: main.from, to: main.to } : { from, to };
    view.dispatch({
      changes: { ...place, insert: event.data },
      selection: { anchor: place.from + event.data.length },
      userEvent: 'input.type',
      scrollIntoView: true,
    });
    return true;
  },
});

const NONE: readonly CodeProblem[] = [];
const LEFT_TO_THE_WINDOW: ReadonlySet<string> = new Set(['Mod-Enter', 'Mod-/', 'Mod-d', 'Mod-k', 'Mod-Shift-k']);
/** marks what was not typed */
const fromOutside = Annotation.define<boolean>();

function common(language: CodeLanguage): Extension[] {
  return [
    language === 'json' ? json() : language === 'edn' ? StreamLanguage.define(ednMode) : [],
    syntaxHighlighting(classHighlighter),
    bracketMatching(),
    drawSelection(),
    indentUnit.of('  '),
    highlightSpecialChars({
      addSpecialChars: HOSTILE,
      render: (code) => {
        const mark = document.createElement('span');
        mark.className = 'ce-hostile';
        mark.textContent = escapeHostile(String.fromCodePoint(code));
        return mark;
      },
    }),
    keymap.of([
      // Tab is not among them: it leaves the editor, as it leaves every field
      ...defaultKeymap.filter(({ key }) => key === undefined || !LEFT_TO_THE_WINDOW.has(key)),
      { key: 'F8', run: nextDiagnostic },
      { key: 'Shift-F8', run: previousDiagnostic },
    ]),
  ];
}

/** The part that has to be replaced to make one text of another; `undefined`: they are the same. */
export function smallestChange(
  before: string,
  after: string,
): { readonly from: number; readonly to: number; readonly insert: string } | undefined {
  if (before === after) return undefined;
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { from: head, to: before.length - tail, insert: after.slice(head, after.length - tail) };
}

function place(problems: readonly CodeProblem[], length: number): Diagnostic[] {
  const inside = (offset: number) => Math.min(Math.max(0, offset), length);
  return problems
    .map(({ from, to, message, severity }) => ({
      from: inside(from),
      to: inside(Math.max(from, to)),
      message,
      severity,
    }))
    .sort((a, b) => a.from - b.from);
}

/** Styles that are inserted need the nonce of this load, as the content security policy says. */
const pageNonce = (): string => document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
