# The test accuracy of each rate against the epoch; as an animation, one frame a rate.
call ARG4 ARG1 ARG2
set xlabel "epoch"
set ylabel "accuracy"
unset key
frame(rate) = sprintf("plot '%s' using (strcol('model') eq '%s' ? column('epoch') : NaN):(column('test_accuracy')) with points", ARG3, rate)
if (ARG1 eq "gif") {
  eval frame("fast")
  eval frame("slow")
} else {
  eval frame("fast")
}
