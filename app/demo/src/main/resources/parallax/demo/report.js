(function () {
  'use strict';
  var moves = JSON.parse(document.getElementById('moves').textContent);
  var slider = document.getElementById('at');
  var moment = document.getElementById('moment');
  var play = document.getElementById('play');
  var K50 = Math.sqrt(-2 * Math.log(0.5));
  var K95 = Math.sqrt(-2 * Math.log(0.05));
  var timer = null;
  document.documentElement.classList.add('js');

  var panels = Object.keys(moves.pictures).map(function (id) {
    var figure = document.getElementById('m-' + id);
    return {
      rows: moves.pictures[id],
      whole: figure.querySelector('.whole'),
      then: figure.querySelector('.then'),
      trk: Array.from(figure.querySelectorAll('.then .trk')),
      e50: figure.querySelector('.then .e50'),
      e95: figure.querySelector('.then .e95'),
      there: figure.querySelector('.there'),
      here: figure.querySelector('.here'),
      risks: Array.from(figure.querySelectorAll('.risk')),
      now: figure.querySelector('.now'),
      said: figure.querySelector('.now').textContent
    };
  });

  function show(node, on) {
    if (on) { node.removeAttribute('hidden'); } else { node.setAttribute('hidden', 'hidden'); }
  }

  /* Where the true target is, between two samples. */
  function truth(t) {
    var s = moves.truth;
    for (var i = 1; i !== s.length; i++) {
      if (s[i][0] >= t) {
        var u = (t - s[i - 1][0]) / (s[i][0] - s[i - 1][0]);
        return [1, 2, 3].map(function (k) { return s[i - 1][k] + u * (s[i][k] - s[i - 1][k]); });
      }
    }
    return s[s.length - 1].slice(1);
  }

  function ellipse(node, e, k) {
    show(node, e);
    if (e) {
      node.setAttribute('rx', e[2] * k);
      node.setAttribute('ry', e[3] * k);
      node.setAttribute('transform', 'translate(' + e[0] + ' ' + e[1] + ') rotate(' + e[4] + ')');
    }
  }

  function kind(status) {
    return status === 'C' || status === 'T' ? 0 : status === 'K' ? 1 : status === 'L' ? 2 : -1;
  }

  function draw(p, t, real) {
    var paths = ['', '', ''];
    var before = null;
    var last = null;
    var kept = -1;
    p.rows.some(function (r) {
      if (r[0] > t) { return true; }
      var k = kind(r[3]);
      if (before !== null) {
        if (r[1] !== null) {
          if (k >= 0) {
            if (k !== kept) { paths[k] += 'M' + before[1] + ' ' + before[2]; }
            paths[k] += 'L' + r[1] + ' ' + r[2];
            kept = k;
          }
        }
      }
      if (r[1] !== null) { before = r; }
      last = r;
      return false;
    });
    p.trk.forEach(function (node, i) { node.setAttribute('d', paths[i]); });
    ellipse(p.e50, last ? last[5] : null, K50);
    ellipse(p.e95, last ? last[5] : null, K95);
    show(p.here, last ? last[1] !== null : false);
    if (last ? last[1] !== null : false) {
      p.here.setAttribute('cx', last[1]);
      p.here.setAttribute('cy', last[2]);
    }
    p.there.setAttribute('d', 'M' + real[0] + ' ' + real[1] + 'm-7 0h14m-7 -7v14');
    p.risks.forEach(function (node) {
      var on = last ? last[6].indexOf(node.getAttribute('data-a')) >= 0 : false;
      node.classList.toggle('off', !on);
    });
    p.now.textContent = last ? last[4] : 'nothing known yet';
  }

  function at(t) {
    var whole = t === null;
    var real = whole ? null : truth(t);
    panels.forEach(function (p) {
      show(p.whole, whole);
      show(p.then, !whole);
      if (whole) {
        p.risks.forEach(function (node) { node.classList.remove('off'); });
        p.now.textContent = p.said;
      } else {
        draw(p, t, real);
      }
    });
    moment.textContent = whole
      ? 'whole flight'
      : 'T+' + Math.round(t) + ' s, altitude ' + Math.max(0, Math.round(real[2])) + ' km';
  }

  function stop() {
    if (timer !== null) {
      clearInterval(timer);
      timer = null;
      play.textContent = 'Play';
    }
  }

  slider.addEventListener('input', function () { stop(); at(Number(slider.value)); });
  document.getElementById('whole').addEventListener('click', function () {
    stop();
    slider.value = slider.max;
    at(null);
  });
  play.addEventListener('click', function () {
    if (timer !== null) { stop(); return; }
    if (Number(slider.value) >= Number(slider.max) - 1) { slider.value = 0; }
    play.textContent = 'Pause';
    timer = setInterval(function () {
      var t = Number(slider.value);
      t += t >= moves.end * 0.2 ? moves.end / 300 : moves.end / 900;
      if (t >= moves.end) { slider.value = slider.max; stop(); at(moves.end); return; }
      slider.value = t;
      at(Number(slider.value));
    }, 50);
  });
  var asked = /^#t=([0-9.]+)$/.exec(location.hash);
  if (asked) { slider.value = asked[1]; at(Number(slider.value)); }
  window.addEventListener('beforeprint', function () { stop(); });
}());
