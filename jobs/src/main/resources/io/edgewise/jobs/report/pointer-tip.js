/** The tooltip next to the pointer. */
edgewise.pointerTip = (function () {
  'use strict';

  const { element } = edgewise.elements;

  const AWAY = 16;

  const box = element('div', { class: 'tip beside-pointer', hidden: '' });

  /** Places it to the right of and below the pointer, or else to the left or above. */
  function showTip(content, { clientX, clientY }) {
    if (!box.isConnected) {
      document.body.append(box);
    }
    box.replaceChildren(content);
    box.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = box;
    const left = clientX + AWAY + width < innerWidth ? clientX + AWAY : Math.max(4, clientX - AWAY - width);
    const top = clientY + AWAY + height < innerHeight ? clientY + AWAY : Math.max(4, clientY - AWAY - height);
    box.style.left = left + 'px';
    box.style.top = top + 'px';
  }

  function hideTip() {
    box.hidden = true;
  }

  return { hideTip, showTip };
})();
