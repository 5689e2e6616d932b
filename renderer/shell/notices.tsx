import { useEffect, useState } from 'react';
import type { AppInfo } from '../../shared/contract/app.ts';
import { useSession } from '../platform/session.ts';
import { IconButton } from '../ui/button.tsx';
import { Note } from '../ui/note.tsx';
import './notices.css';

/** What a person has to know about how the application started; each stays until it is closed. */
export function Notices() {
  const { platform } = useSession();
  const [notices, setNotices] = useState<AppInfo['notices']>([]);
  useEffect(() => {
    let isHere = true;
    void platform.app.info().then((answer) => {
      if (isHere && answer.ok) setNotices(answer.value.notices);
    });
    return () => {
      isHere = false;
    };
  }, [platform]);
  return notices.map((notice) => (
    <div key={notice.code} className="notice">
      <Note kind="warning">
        <b>{notice.message}</b> {notice.hint}
      </Note>
      <IconButton
        label="Close"
        icon="close"
        onPress={() => setNotices(notices.filter((candidate) => candidate !== notice))}
      />
    </div>
  ));
}
