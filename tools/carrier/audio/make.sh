#!/usr/bin/env bash
# usage: make.sh OUT_DIR — speaks the carrier's clips with espeak-ng and writes them as 8 kHz A-law WAV
set -eu
out=$1; mkdir -p "$out"; tmp=$(mktemp -d); trap 'rm -rf "$tmp"' EXIT
say() { # name voice speed pitch text
  espeak-ng -v "$2" -s "$3" -p "$4" -w "$tmp/a.wav" "$5"
  sox "$tmp/a.wav" -r 8000 -c 1 "$tmp/$1.wav" gain -4 highpass 200 lowpass 3400 silence 1 0.01 0.5% reverse silence 1 0.01 0.5% reverse norm -6
}
put() { # name: what is in tmp becomes A-law
  sox "$tmp/$1.wav" -e a-law -r 8000 -c 1 "$out/$1.wav" $2
}
zh=cmn-latn-pinyin
say hello-zh-1 $zh 150 60 "wei2? ni3 hao3."; put hello-zh-1 ""
say hello-zh-2 $zh 160 35 "wei4, na3 wei4 a?"; put hello-zh-2 ""
say hello-en-1 en-gb 150 45 "Hello?"; put hello-en-1 ""
say hello-en-2 en-us 160 65 "Hello, who is this?"; put hello-en-2 ""
say t1 $zh 165 55 "ng4, wo3 zai4 ting1. ni3 shuo1."
say t2 $zh 170 55 "hao3 de, na4 zhe4 ge4 jia4 ge2 shi4 duo1 shao3 ne?"
say t3 $zh 165 55 "wo3 zhi1 dao4 le, ni3 men mei2 tian1 ji3 dian3 kai1 men2?"
say t4 $zh 165 55 "dui4, mei2 you3 wen4 ti2, xie4 xie."
sox -n -r 8000 -c 1 "$tmp/gap.wav" trim 0 1.6
sox "$tmp/gap.wav" "$tmp/t1.wav" "$tmp/gap.wav" "$tmp/t2.wav" "$tmp/gap.wav" "$tmp/t3.wav" "$tmp/gap.wav" "$tmp/t4.wav" "$tmp/talk-zh.wav"; put talk-zh ""
say u1 en-gb 165 45 "Yes, I am listening, go on."
say u2 en-gb 170 45 "All right, and how much would that be?"
say u3 en-gb 165 45 "I see. When could somebody come?"
say u4 en-gb 165 45 "That is fine with me, thank you."
sox "$tmp/gap.wav" "$tmp/u1.wav" "$tmp/gap.wav" "$tmp/u2.wav" "$tmp/gap.wav" "$tmp/u3.wav" "$tmp/gap.wav" "$tmp/u4.wav" "$tmp/talk-en.wav"; put talk-en ""
say vm-zh $zh 160 50 "nin2 hao3, wo3 xian4 zai4 bu4 fang1 bian4 jie1 ting1 dian4 hua4, qing3 zai4 di1 sheng1 hou4 liu2 yan2."
say vm-en en-us 165 50 "Hello, you have reached my voice mail. I cannot take your call right now. Please leave a message after the tone."
sox -n -r 8000 -c 1 "$tmp/beep.wav" synth 0.9 sine 1000 gain -9 pad 0.4 0.2
sox "$tmp/vm-zh.wav" "$tmp/beep.wav" "$tmp/voicemail-zh.wav"; put voicemail-zh ""
sox "$tmp/voicemail-zh.wav" "$tmp/greeting-zh.wav" trim 0 -1.1; put greeting-zh ""
sox "$tmp/vm-en.wav" "$tmp/beep.wav" "$tmp/voicemail-en.wav"; put voicemail-en ""
say i1 $zh 165 60 "nin2 bo1 da3 de hao4 ma3 shi4 kong1 hao4, qing3 he2 dui4 hou4 zai4 bo1."
say i2 en-us 165 60 "Sorry, the number you dialed does not exist. Please check it and dial again."
sox "$tmp/i1.wav" "$tmp/i2.wav" "$tmp/invalid.wav"; put invalid ""
say o1 $zh 165 60 "nin2 bo1 da3 de dian4 hua4 yi3 guan1 ji1."
say o2 en-us 165 60 "Sorry, the phone you dialed is powered off."
sox "$tmp/o1.wav" "$tmp/o2.wav" "$tmp/off.wav"; put off ""
