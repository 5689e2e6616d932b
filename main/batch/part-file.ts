import fs from 'node:fs';
import path from 'node:path';

/** A file that grows under a name of its own and gets the real one when it is whole. Writing waits: memory stays flat. */
export interface PartFile {
  write(text: string): void;
  /** everything on the disk; gives how many bytes there are */
  checkpoint(): number;
  /** gives the file its name */
  finish(): void;
  /** leaves the part where it is */
  close(): void;
  discard(): void;
}

const FLUSH_AT = 64 * 1024;

export const partOf = (file: string): string => `${file}.part`;

/** `resumeAt`: what stands beyond it was written after the last checkpoint, and is made again. */
export function openPartFile(file: string, resumeAt: number | undefined): PartFile {
  const part = partOf(file);
  // tokens open doors: nobody else on this machine may read them
  const descriptor = fs.openSync(part, resumeAt === undefined ? 'w' : 'r+', 0o600);
  let position = resumeAt ?? 0;
  if (resumeAt !== undefined) fs.ftruncateSync(descriptor, resumeAt);
  let held = '';
  let room = Buffer.alloc(0);
  let isOpen = true;

  function flush(): void {
    // a character takes three bytes at most, or two of them four
    if (held.length * 3 > room.length) room = Buffer.allocUnsafeSlow(held.length * 3);
    const length = room.write(held, 'utf8');
    held = '';
    for (let at = 0; at < length; ) {
      const written = fs.writeSync(descriptor, room, at, length - at, position);
      at += written;
      position += written;
    }
  }
  function checkpoint(): number {
    flush();
    fs.fdatasyncSync(descriptor);
    return position;
  }
  function close(): void {
    if (isOpen) fs.closeSync(descriptor);
    isOpen = false;
  }
  return {
    write: (text) => {
      held += text;
      if (held.length >= FLUSH_AT) flush();
    },
    checkpoint,
    close,
    finish: () => {
      checkpoint();
      close();
      fs.renameSync(part, file);
      syncFolder(file);
    },
    discard: () => {
      close();
      fs.rmSync(part, { force: true });
    },
  };
}

/** So that a new name survives a loss of power. */
export function syncFolder(file: string): void {
  // Windows opens no folders; there a rename is kept in the journal of the file system
  if (process.platform === 'win32') return;
  const descriptor = fs.openSync(path.dirname(file), 'r');
  try {
    fs.fsyncSync(descriptor);
  } finally {
    fs.closeSync(descriptor);
  }
}
