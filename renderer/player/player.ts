import type { PageCommand, PageReport } from '../../shared/contract/player-page.ts';

/** The page's side of what passes between it and main: both are addresses of its own origin, which main answers. */
function report(message: PageReport): void {
  void fetch('/report', { method: 'POST', body: JSON.stringify(message) });
}

new EventSource('/commands').addEventListener('message', ({ data }: MessageEvent<string>) => {
  const command = JSON.parse(data) as PageCommand;
  document.title = command.kind;
});
report({ kind: 'ready', flowplayer: false });
