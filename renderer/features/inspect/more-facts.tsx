import { useState } from 'react';
import { IconButton } from '../../ui/button.tsx';
import { TextField } from '../../ui/field.tsx';
import { PopoverTrigger } from '../../ui/popover.tsx';
import { useInspect, useInspectModel } from './model.ts';
import { MORE_FACTS, type MoreFact, readFacts, type Typed, typeFacts } from './typed-facts.ts';

/** What else a recipient may know: network, protocol, place, how often the token was seen, whom it trusts. */
export function MoreFacts() {
  return (
    <PopoverTrigger
      label="More about the request"
      button={<IconButton label="More about the request and its recipient" icon="more" />}
    >
      {() => <Facts />}
    </PopoverTrigger>
  );
}

function Facts() {
  const model = useInspectModel();
  const request = useInspect((state) => state.request);
  const recipient = useInspect((state) => state.recipient);
  const [typed, setTyped] = useState<Typed>(() => typeFacts(request, recipient));
  const change = (name: MoreFact, text: string) => {
    const next = { ...typed, [name]: text };
    setTyped(next);
    const read = readFacts(next, request);
    model.setRequest(read.request);
    model.setRecipient(read.recipient);
  };
  const { errors } = readFacts(typed, request);
  return (
    <div className="pop-form is-wide">
      <p className="hint">An empty field is not known: what needs it is not checked.</p>
      <div className="facts">
        {MORE_FACTS.map(({ name, label, placeholder }) => (
          <TextField
            key={name}
            label={label}
            placeholder={placeholder}
            value={typed[name]}
            onChange={(text) => change(name, text)}
            error={errors[name]}
          />
        ))}
      </div>
    </div>
  );
}
